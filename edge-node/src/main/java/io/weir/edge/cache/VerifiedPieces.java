package io.weir.edge.cache;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Which stored pieces have had their hash checked since the start of the process, one bit each.
 * Thread-safe.
 */
final class VerifiedPieces {
  private final Map<Long, BitSet> verified = new HashMap<>();

  synchronized boolean contains(PieceKey key) {
    BitSet pieces = verified.get(key.ordinal());
    return pieces != null && pieces.get(key.piece());
  }

  synchronized void add(PieceKey key) {
    verified.computeIfAbsent(key.ordinal(), ordinal -> new BitSet()).set(key.piece());
  }

  synchronized void forgetWhere(LongPredicate ordinal) {
    verified.keySet().removeIf(ordinal::test);
  }
}
