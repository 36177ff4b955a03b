package io.weir.edge.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Pieces that a peer is told it had better begin with (BEP 6), as they are in memory while others
 * would have to be filled. They are looked for from a place of each peer's own, so that peers begin
 * with different ones and have something to trade.
 */
final class Suggestions {
  /** Most suggestions to one peer. */
  static final int MAX_PIECES = 16;

  /** Most pieces looked at for one peer. */
  static final int MAX_LOOKED_AT = 512;

  /** The first hot pieces from this one on, round the end. */
  static List<Integer> from(int first, int pieceCount, IntPredicate isHot) {
    List<Integer> hot = new ArrayList<>();
    int lookedAt = Math.min(pieceCount, MAX_LOOKED_AT);
    for (int i = 0; i < lookedAt && hot.size() < MAX_PIECES; i++) {
      int piece = (int) (((long) first + i) % pieceCount);
      if (isHot.test(piece)) {
        hot.add(piece);
      }
    }
    return hot;
  }

  private Suggestions() {}
}
