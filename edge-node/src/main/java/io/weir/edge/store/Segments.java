package io.weir.edge.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of pieces, cut into segments: how many bytes of each still count. Pieces are appended to
 * the current segment and never rewritten in place, so a segment only loses bytes; one that has
 * lost all is dead, and one that is to be given back early has its remaining pieces appended anew.
 *
 * <p>A place is a segment's number (high 32 bits) and a slot in it (low 32 bits). Places only grow
 * and none is used twice. Does no I/O; whoever changes what is on disk serialises its calls.
 */
final class Segments {
  /** A segment is full once it has had this many bytes; the last piece may reach beyond. */
  static final int SEGMENT_BYTES = 32 << 20;

  /** Beyond what the cap and its slack need: one being filled, one being emptied. */
  private static final int SPARE_SEGMENTS = 2;

  private final long maxSegments;
  private final TreeMap<Integer, Long> liveBytes = new TreeMap<>();
  private int current = 1;
  private int nextSlot;
  private long filledBytes;

  /**
   * Slack of a quarter of the cap: while there are more segments than that, the emptiest of them is
   * at most four fifths full, which bounds what giving it back rewrites.
   */
  Segments(long capacityBytes) {
    maxSegments = (capacityBytes + capacityBytes / 4) / SEGMENT_BYTES + 1 + SPARE_SEGMENTS;
  }

  static int segmentOf(long place) {
    return (int) (place >>> Integer.SIZE);
  }

  /** The first place of a segment. */
  static long startOf(int segment) {
    return (long) segment << Integer.SIZE;
  }

  /** Takes note of a segment that was found on disk; nothing is appended to it any more. */
  void found(int segment) {
    liveBytes.putIfAbsent(segment, 0L);
    startAfter(segment);
  }

  /** Appends only to segments after this one. */
  void startAfter(int segment) {
    current = Math.max(current, segment + 1);
  }

  /** A place of the current segment that was never given out. */
  long nextPlace() {
    return startOf(current) + nextSlot++;
  }

  /** A piece was appended at a place of the current segment. */
  void appended(long place, int lengthBytes) {
    filledBytes += lengthBytes;
    load(place, lengthBytes);
  }

  /** Counts a piece's bytes for its segment. */
  void load(long place, int lengthBytes) {
    liveBytes.merge(segmentOf(place), (long) lengthBytes, Long::sum);
  }

  void remove(Placed placed) {
    liveBytes.computeIfPresent(
        segmentOf(placed.place()), (segment, live) -> live - placed.lengthBytes());
  }

  /** Nothing in it counts any more. */
  void emptied(int segment) {
    liveBytes.computeIfPresent(segment, (number, live) -> 0L);
  }

  boolean currentIsFull() {
    return filledBytes >= SEGMENT_BYTES;
  }

  void startNext() {
    current++;
    nextSlot = 0;
    filledBytes = 0;
  }

  /** Whether segments take more room than the cap and its slack. */
  boolean tooMany() {
    return liveBytes.values().stream().filter(live -> live > 0).count() > maxSegments;
  }

  /** The finished segment with the fewest bytes that count, 0 when none has any. */
  int emptiest() {
    return liveBytes.headMap(current).entrySet().stream()
        .filter(segment -> segment.getValue() > 0)
        .min(Comparator.comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** Finished segments of which nothing counts, each told once. */
  List<Integer> takeDead() {
    List<Integer> dead = new ArrayList<>();
    liveBytes
        .headMap(current)
        .forEach(
            (segment, live) -> {
              if (live <= 0) {
                dead.add(segment);
              }
            });
    dead.forEach(liveBytes::remove);
    return dead;
  }

  /** Whether nothing from the one segment to the other, both included, counts or will. */
  boolean allDead(int from, int to) {
    return to < current
        && liveBytes.subMap(from, true, to, true).values().stream().allMatch(live -> live <= 0);
  }
}
