package io.weir.edge.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change of what is on disk, and what memory knows of it changed with it. Bytes are synced
 * before the index names them.
 *
 * <p>Called only by whoever holds the store's write lock.
 */
final class PieceLog {
  private static final Logger LOG = LoggerFactory.getLogger(PieceLog.class);

  private final PieceIndex index;
  private final HaveMap haveMap;
  private final SegmentFolder folder;
  private final OpenSegments segments;
  private final List<HeldVersion> undeleted = new ArrayList<>();

  PieceLog(PieceIndex index, HaveMap haveMap, SegmentFolder folder, OpenSegments segments) {
    this.index = index;
    this.haveMap = haveMap;
    this.folder = folder;
    this.segments = segments;
  }

  /** Pieces appended together, which count once they are committed. One thread. */
  final class Run {
    private final Map<HaveMap.PieceName, HaveRow> rows = new LinkedHashMap<>();
    private final Set<HeldVersion> versions = new HashSet<>();
    private final Set<OpenSegment> written = new HashSet<>();

    private Run() {}

    /** Whether a piece is in it already. */
    boolean holds(long ordinal, int piece) {
      return rows.containsKey(new HaveMap.PieceName(ordinal, piece));
    }

    /** Deletes what goes for a piece, and appends it; borrows its bytes for the call. */
    void append(HaveMap.PutPlan.Go plan, PieceStore.Put put) throws IOException {
      evict(plan.victims());
      OpenSegment segment = segments.forPiece(put.ordinal(), put.bytes().lengthBytes());
      try {
        HaveRow row = segment.append(put.bytes());
        written.add(segment);
        versions.add(plan.version());
        rows.put(new HaveMap.PieceName(put.ordinal(), put.piece()), row);
        haveMap.resized(segment.number(), segment.endBytes());
      } catch (IOException e) {
        segments.abandon(segment);
        throw e;
      }
    }

    /**
     * Makes all of it count, or throws and makes nothing of it count; how many pieces those are.
     */
    int commit() throws IOException {
      try {
        for (OpenSegment segment : written) {
          segment.sync();
        }
        if (!rows.isEmpty()) {
          index.enter(versions, rows);
        }
        rows.forEach((name, row) -> haveMap.add(name.ordinal(), name.piece(), row, true));
        return rows.size();
      } finally {
        segments.settle();
      }
    }
  }

  Run begin() {
    return new Run();
  }

  /**
   * Also where the index cannot forget them now: pieces whose file is gone are swept at an open.
   */
  private void evict(List<Integer> victims) throws IOException {
    for (int victim : victims) {
      List<HaveMap.PieceName> pieces = haveMap.piecesIn(victim);
      haveMap.removeSegment(victim);
      folder.delete(victim);
      try {
        index.delete(pieces);
      } catch (IOException e) {
        LOG.debug("index still names pieces of a file that is gone segment={}", victim, e);
      }
    }
  }

  /**
   * Deletes a piece. The bit goes first: a piece that is to go is not read even where its deletion
   * fails.
   */
  void delete(long ordinal, int piece) throws IOException {
    haveMap.remove(ordinal, piece);
    index.delete(List.of(new HaveMap.PieceName(ordinal, piece)));
    deleteDead();
  }

  /** Forgets versions at once, and deletes them once the disk lets it. */
  void forget(Collection<HeldVersion> versions) {
    versions.forEach(version -> haveMap.forget(version.ordinal()));
    segments.sealAllBut(haveMap::knows);
    undeleted.addAll(versions);
  }

  /** Gives the space of what is forgotten back, and deletes it; after a failure call it again. */
  void deleteForgotten() throws IOException {
    deleteDead();
    while (!undeleted.isEmpty()) {
      HeldVersion version = undeleted.get(undeleted.size() - 1);
      index.delete(version.ordinal());
      undeleted.remove(undeleted.size() - 1);
      LOG.info(
          "version dropped contentId={} contentVersion={}",
          version.contentId(),
          version.contentVersion());
    }
  }

  private void deleteDead() throws IOException {
    for (int segment : haveMap.dead()) {
      haveMap.removeSegment(segment);
      folder.delete(segment);
    }
  }
}
