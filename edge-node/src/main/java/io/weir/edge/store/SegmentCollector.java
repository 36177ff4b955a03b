package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Gives the files of dead segments back, and makes segments dead where the directory would outgrow
 * its slack: what still counts in the emptiest segment is read, verified, and appended anew. A
 * piece that cannot be read is dropped there instead; its file goes like any other, unread.
 *
 * <p>Called only by whoever holds the store's write lock.
 */
final class SegmentCollector {
  private final RocksTables tables;
  private final HaveMap haveMap;
  private final Segments segments;
  private final PieceParts parts;
  private final Losses losses;

  SegmentCollector(
      RocksTables tables, HaveMap haveMap, Segments segments, PieceParts parts, Losses losses) {
    this.tables = tables;
    this.haveMap = haveMap;
    this.segments = segments;
    this.parts = parts;
    this.losses = losses;
  }

  /** Once a segment is full: the next one begins, and room is made. */
  void turnOver() throws RocksDBException {
    startNextSegment();
    while (segments.tooMany()) {
      int segment = segments.emptiest();
      empty(segment);
      segments.emptied(segment);
    }
    reclaim();
  }

  /** A flush at each turn gives each segment files of its own. */
  private void startNextSegment() throws RocksDBException {
    segments.startNext();
    tables.flushPieces();
  }

  private void empty(int segment) throws RocksDBException {
    try (RocksIterator rows = tables.db.newIterator(tables.segments)) {
      for (rows.seek(StoreKeys.segment(segment)); rows.isValid(); rows.next()) {
        long place = ByteBuffer.wrap(rows.key()).getLong();
        if (Segments.segmentOf(place) != segment) {
          return;
        }
        ByteBuffer row = ByteBuffer.wrap(rows.value());
        long ordinal = row.getLong();
        int piece = row.getInt();
        Placed placed = parts.placed(ordinal, piece);
        if (placed != null && placed.place() == place) {
          move(ordinal, piece, placed);
        }
      }
      rows.status();
    }
  }

  private void move(long ordinal, int piece, Placed from) throws RocksDBException {
    ByteBuf bytes = haveMap.has(ordinal, piece) ? readable(ordinal, piece, from) : null;
    try (WriteBatch batch = new WriteBatch()) {
      if (bytes == null) {
        haveMap.remove(ordinal, piece);
        parts.delete(batch, ordinal, piece);
        tables.write(batch);
      } else {
        long to = segments.nextPlace();
        parts.put(batch, to, ordinal, piece, bytes);
        tables.write(batch);
        segments.appended(to, from.lengthBytes());
      }
      segments.remove(from);
    } finally {
      if (bytes != null) {
        bytes.release();
      }
    }
    if (segments.currentIsFull()) {
      startNextSegment();
    }
  }

  /** Null where the piece is broken; where that cannot be told, nothing is moved for now. */
  private @Nullable ByteBuf readable(long ordinal, int piece, Placed placed)
      throws RocksDBException {
    try {
      return parts.read(placed);
    } catch (RocksDBException e) {
      LossCause cause = LossCause.of(e);
      if (cause == null) {
        throw e;
      }
      losses.lost(haveMap.version(ordinal), piece, cause);
      return null;
    }
  }

  /**
   * Deletes every file in which no segment counts. Those that RocksDB keeps for now, as at level 0,
   * are found again at the next call.
   */
  void reclaim() throws RocksDBException {
    forgetRows(segments.takeDead());
    List<byte[]> ranges = new ArrayList<>();
    for (LiveFileMetaData file : tables.pieceFiles()) {
      if (segments.allDead(
          StoreKeys.segmentOf(file.smallestKey()), StoreKeys.segmentOf(file.largestKey()))) {
        ranges.addAll(List.of(file.smallestKey(), file.largestKey()));
      }
    }
    if (!ranges.isEmpty()) {
      // Synced, for the files go at once: no power cut may bring back have-keys without them.
      tables.db.flushWal(true);
      tables.db.deleteFilesInRanges(tables.pieces, ranges, true);
    }
  }

  private void forgetRows(List<Integer> dead) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (int segment : dead) {
        batch.deleteRange(
            tables.segments, StoreKeys.segment(segment), StoreKeys.segment(segment + 1));
      }
      tables.write(batch);
    }
  }
}
