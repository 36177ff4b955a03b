package io.weir.edge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads into memory, once at the open, which versions and pieces are on disk, and where. Sweeps
 * what belongs to nothing: a head row that names no info-hash; have-rows without a head row, else a
 * later version could be given their ordinal and take their pieces for its own; have-rows whose
 * bytes are not there; files, and ends of files, that no row names.
 */
final class HaveMapLoader {
  private static final Logger LOG = LoggerFactory.getLogger(HaveMapLoader.class);

  private final RocksTables tables;
  private final HaveMap haveMap;
  private final SegmentFolder folder;
  private final List<byte[]> namelessHeads = new ArrayList<>();
  private final List<byte[]> baselessHaves = new ArrayList<>();
  private final Set<Long> ownerless = new TreeSet<>();
  private final TreeMap<Integer, Long> ends = new TreeMap<>();
  private int lastNumber;

  HaveMapLoader(RocksTables tables, HaveMap into, SegmentFolder folder) {
    this.tables = tables;
    this.haveMap = into;
    this.folder = folder;
  }

  /** Loads, and tells which files to append to. */
  OpenSegments load(long capacityBytes) throws RocksDBException, IOException {
    NavigableMap<Integer, Long> files = folder.list();
    lastNumber = files.isEmpty() ? 0 : files.lastKey();
    int resumed = lastNumber;
    files.forEach((number, bytes) -> haveMap.found(number, bytes, number == resumed));
    loadHeads();
    loadHaves(files);
    sweep();
    OpenSegments segments = new OpenSegments(folder, haveMap, capacityBytes, lastNumber);
    cutAndDelete(files, resumed);
    if (ends.containsKey(resumed)) {
      segments.resume(resumed, ends.getOrDefault(resumed, 0L));
    }
    return segments;
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

  private void loadHaves(Map<Integer, Long> files) throws RocksDBException {
    try (RocksIterator haves = tables.db.newIterator(tables.have)) {
      for (haves.seekToFirst(); haves.isValid(); haves.next()) {
        byte[] key = haves.key();
        long ordinal = StoreKeys.ordinalOf(key);
        HaveRow row = StoreKeys.haveOf(haves.value());
        if (row != null) {
          lastNumber = Math.max(lastNumber, row.placed().segment());
        }
        if (!haveMap.knows(ordinal)) {
          haveMap.startAfter(ordinal);
          ownerless.add(ordinal);
        } else if (row == null || !isThere(row.placed(), files)) {
          baselessHaves.add(key);
        } else {
          int piece = ByteBuffer.wrap(key).getInt(Long.BYTES);
          haveMap.add(ordinal, piece, row, false);
          ends.merge(row.placed().segment(), (long) row.placed().endBytes(), Math::max);
        }
      }
      haves.status();
    }
  }

  private static boolean isThere(Placed placed, Map<Integer, Long> files) {
    Long fileBytes = files.get(placed.segment());
    return fileBytes != null && placed.endBytes() <= fileBytes;
  }

  private void sweep() throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (byte[] head : namelessHeads) {
        batch.delete(tables.head, head);
      }
      for (long ordinal : ownerless) {
        batch.deleteRange(tables.have, StoreKeys.head(ordinal), StoreKeys.head(ordinal + 1));
      }
      for (byte[] have : baselessHaves) {
        batch.delete(tables.have, have);
      }
      if (batch.count() > 0) {
        tables.write(batch);
        LOG.info(
            "piece index swept versions={} pieces={}",
            namelessHeads.size() + ownerless.size(),
            baselessHaves.size());
      }
    }
  }

  private void cutAndDelete(Map<Integer, Long> files, int resumed) throws IOException {
    for (int number : files.keySet()) {
      long endBytes = ends.getOrDefault(number, 0L);
      if (endBytes == 0) {
        haveMap.sealed(number);
        haveMap.removeSegment(number);
        folder.delete(number);
      } else if (number == resumed) {
        haveMap.resized(number, endBytes);
      }
    }
  }
}
