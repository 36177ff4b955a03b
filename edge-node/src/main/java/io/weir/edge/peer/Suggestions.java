package io.weir.edge.peer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Which pieces one peer is told it had better ask for next (BEP 6), as they are here while others
 * would have to be filled: at first some that are here already, later those that were read ahead of
 * it as they come. libtorrent asks for as much as has come in the last seconds, so that a slow
 * source would keep it slow for ever if it did not hear of what is ready.
 *
 * <p>The first are looked for from a place of each peer's own, so that peers begin with different
 * pieces and have something to trade. Confined to one thread.
 */
final class Suggestions {
  /** Most suggestions that a peer has not taken up. */
  static final int MAX_PIECES = 16;

  /** A piece that has not come by then will not: fills end sooner. */
  static final Duration GIVE_UP = Duration.ofSeconds(45);

  /** Most pieces looked at for one peer at first. */
  static final int MAX_LOOKED_AT = 512;

  private final int pieceCount;
  private final Map<Integer, Long> awaited = new LinkedHashMap<>();
  private final Set<Integer> outstanding = new LinkedHashSet<>();

  /** None, of a content of this many pieces. */
  Suggestions(int pieceCount) {
    this.pieceCount = pieceCount;
  }

  /** The pieces to suggest at first: those here, from this one on and round the end. */
  List<Integer> begin(int first, IntPredicate isHere) {
    int lookedAt = Math.min(pieceCount, MAX_LOOKED_AT);
    for (int i = 0; i < lookedAt && outstanding.size() < MAX_PIECES; i++) {
      int piece = (int) (((long) first + i) % pieceCount);
      if (isHere.test(piece)) {
        outstanding.add(piece);
      }
    }
    return List.copyOf(outstanding);
  }

  /**
   * This piece is to be read ahead of the peer, and suggested when it is here; false if it is
   * already, or has been.
   */
  boolean await(int piece, long nowNanos) {
    return !outstanding.contains(piece) && awaited.putIfAbsent(piece, nowNanos) == null;
  }

  /** Pieces that are awaited. */
  int awaited() {
    return awaited.size();
  }

  /** The peer has asked for this piece, or has it. */
  void taken(int piece) {
    awaited.remove(piece);
    outstanding.remove(piece);
  }

  /** The pieces to suggest now: those awaited that have come, as far as the limit allows. */
  List<Integer> come(IntPredicate isHere, long nowNanos) {
    List<Integer> come = awaited.keySet().stream().filter(isHere::test).toList();
    come.forEach(awaited::remove);
    awaited.values().removeIf(since -> nowNanos - since >= GIVE_UP.toNanos());
    List<Integer> suggested =
        come.subList(0, Math.min(come.size(), MAX_PIECES - outstanding.size()));
    outstanding.addAll(suggested);
    return suggested;
  }
}
