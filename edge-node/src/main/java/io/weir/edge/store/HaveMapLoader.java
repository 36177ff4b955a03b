package io.weir.edge.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Reads into memory, once at the open, which versions and pieces are on disk, and where. Sweeps
 * what belongs to nothing: a head row that names no info-hash, and have-rows without a head row;
 * else a later version could be given their ordinal and take their pieces for its own.
 */
final class HaveMapLoader {
  private final RocksTables tables;
  private final HaveMap haveMap;
  private final Segments segments;
  private final List<byte[]> namelessHeads = new ArrayList<>();
  private final Set<Long> ownerless = new TreeSet<>();

  HaveMapLoader(RocksTables tables, HaveMap into, Segments segments) {
    this.tables = tables;
    this.haveMap = into;
    this.segments = segments;
  }

  void load() throws RocksDBException {
    loadHeads();
    loadHaves();
    loadSegments();
    sweep();
  }

  private void loadHeads() throws RocksDBException {
    try (RocksIterator heads = tables.db.newIterator(tables.head)) {
      for (heads.seekToFirst(); heads.isValid(); heads.next()) {
        HeldVersion version = StoreKeys.headOf(heads.key(), heads.value());
        if (version == null) {
          namelessHeads.add(heads.key());
        } else {
          haveMap.load(version);
        }
      }
      heads.status();
    }
  }

  private void loadHaves() throws RocksDBException {
    try (RocksIterator haves = tables.db.newIterator(tables.have)) {
      for (haves.seekToFirst(); haves.isValid(); haves.next()) {
        ByteBuffer key = ByteBuffer.wrap(haves.key());
        long ordinal = key.getLong();
        Placed placed = StoreKeys.placed(haves.value());
        segments.found(Segments.segmentOf(placed.place()));
        if (haveMap.knows(ordinal)) {
          haveMap.add(ordinal, key.getInt(), placed.lengthBytes());
          segments.load(placed.place(), placed.lengthBytes());
        } else {
          haveMap.startAfter(ordinal);
          ownerless.add(ordinal);
        }
      }
      haves.status();
    }
  }

  private void loadSegments() throws RocksDBException {
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

  private void sweep() throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (byte[] head : namelessHeads) {
        batch.delete(tables.head, head);
      }
      for (long ordinal : ownerless) {
        batch.deleteRange(tables.have, StoreKeys.head(ordinal), StoreKeys.head(ordinal + 1));
      }
      if (batch.count() > 0) {
        tables.write(batch);
      }
    }
  }
}
