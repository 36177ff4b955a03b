package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change of what is on disk, each one batch, and what memory knows of it changed with it.
 *
 * <p>Called only by whoever holds the store's write lock.
 */
final class PieceLog {
  private static final Logger LOG = LoggerFactory.getLogger(PieceLog.class);

  private final RocksTables tables;
  private final HaveMap haveMap;
  private final Segments segments;
  private final PieceParts parts;
  private final SegmentCollector collector;
  private final List<HeldVersion> undeleted = new ArrayList<>();

  PieceLog(
      RocksTables tables, HaveMap haveMap, Segments segments, PieceParts parts, Losses losses) {
    this.tables = tables;
    this.haveMap = haveMap;
    this.segments = segments;
    this.parts = parts;
    this.collector = new SegmentCollector(tables, haveMap, segments, parts, losses);
  }

  /** Appends a piece and deletes what is evicted for it; borrows for the call. */
  void append(HaveMap.PutPlan.Go plan, int piece, ByteBuf bytes) throws RocksDBException {
    HeldVersion version = plan.version();
    long place = segments.nextPlace();
    List<Placed> gone = new ArrayList<>();
    try (WriteBatch batch = new WriteBatch()) {
      for (HaveMap.Victim victim : plan.victims()) {
        Placed placed = parts.placed(victim.ordinal(), victim.piece());
        if (placed != null) {
          gone.add(placed);
        }
        parts.delete(batch, victim.ordinal(), victim.piece());
      }
      batch.put(tables.head, StoreKeys.head(version.ordinal()), StoreKeys.headValue(version));
      parts.put(batch, place, version.ordinal(), piece, bytes);
      tables.write(batch);
    }
    gone.forEach(segments::remove);
    plan.victims().forEach(victim -> haveMap.remove(victim.ordinal(), victim.piece()));
    segments.appended(place, bytes.readableBytes());
    haveMap.add(version.ordinal(), piece, bytes.readableBytes());
    turnOverWhereFull();
  }

  /** The piece that filled the segment is stored, whatever becomes of this. */
  private void turnOverWhereFull() {
    if (segments.currentIsFull()) {
      try {
        collector.turnOver();
      } catch (RocksDBException e) {
        LOG.warn("space of deleted pieces not given back, again at the next segment", e);
      }
    }
  }

  /**
   * Deletes a piece. The bit goes first: a piece that is to go is not read even where its deletion
   * fails.
   */
  void delete(long ordinal, int piece) throws RocksDBException {
    haveMap.remove(ordinal, piece);
    try (WriteBatch batch = new WriteBatch()) {
      Placed placed = parts.placed(ordinal, piece);
      parts.delete(batch, ordinal, piece);
      tables.write(batch);
      if (placed != null) {
        segments.remove(placed);
      }
    }
  }

  /** Forgets a version at once, and deletes it once the disk lets it. */
  void forget(HeldVersion version) {
    haveMap.forget(version.ordinal());
    undeleted.add(version);
  }

  /** Deletes what is forgotten and gives its space back; after a failure call it again. */
  void deleteForgotten() throws RocksDBException {
    while (!undeleted.isEmpty()) {
      HeldVersion version = undeleted.get(undeleted.size() - 1);
      deleteAll(version.ordinal());
      undeleted.remove(undeleted.size() - 1);
      LOG.info(
          "version dropped contentId={} contentVersion={}",
          version.contentId(),
          version.contentVersion());
    }
    collector.reclaim();
  }

  private void deleteAll(long ordinal) throws RocksDBException {
    byte[] from = StoreKeys.head(ordinal);
    byte[] to = StoreKeys.head(ordinal + 1);
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(tables.head, from);
      batch.deleteRange(tables.have, from, to);
      List<Placed> gone = parts.placed(ordinal);
      tables.write(batch);
      gone.forEach(segments::remove);
    }
  }
}
