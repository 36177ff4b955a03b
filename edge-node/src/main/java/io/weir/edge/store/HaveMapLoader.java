package io.weir.edge.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads into memory, once at the open, which versions and pieces are on disk, and where. */
final class HaveMapLoader {
  private HaveMapLoader() {}

  static void load(RocksTables tables, HaveMap into, Segments segments) throws RocksDBException {
    try (RocksIterator heads = tables.db.newIterator(tables.head)) {
      for (heads.seekToFirst(); heads.isValid(); heads.next()) {
        ByteBuffer value = ByteBuffer.wrap(heads.value());
        int contentVersion = value.getInt();
        String contentId = StandardCharsets.UTF_8.decode(value).toString();
        into.load(ByteBuffer.wrap(heads.key()).getLong(), contentId, contentVersion);
      }
      heads.status();
    }
    try (RocksIterator haves = tables.db.newIterator(tables.have)) {
      for (haves.seekToFirst(); haves.isValid(); haves.next()) {
        ByteBuffer key = ByteBuffer.wrap(haves.key());
        Placed placed = StoreKeys.placed(haves.value());
        into.add(key.getLong(), key.getInt(), placed.lengthBytes());
        segments.found(Segments.segmentOf(placed.place()));
        segments.load(placed.place(), placed.lengthBytes());
      }
      haves.status();
    }
    try (RocksIterator rows = tables.db.newIterator(tables.segments)) {
      rows.seekToFirst();
      while (rows.isValid()) {
        int segment = StoreKeys.segmentOf(rows.key());
        segments.found(segment);
        rows.seek(StoreKeys.segment(segment + 1));
      }
      rows.status();
    }
    // A file may outlive every row about it; its places are not to be used again.
    for (LiveFileMetaData file : tables.pieceFiles()) {
      segments.startAfter(StoreKeys.segmentOf(file.largestKey()));
    }
  }
}
