package io.weir.edge.cache;

/**
 * A part of a piece, or all of it.
 *
 * @param ordinal the number that the store keeps its version under
 * @param piece index
 * @param part index, or {@link #WHOLE}
 */
record PartKey(long ordinal, int piece, int part) {
  /** In place of a part: the whole piece. */
  static final int WHOLE = -1;

  boolean isWhole() {
    return part == WHOLE;
  }

  @Override
  public int hashCode() {
    // One multiplication in place of the record's reflection-made three: it is on every read.
    return Long.hashCode((ordinal << 40 ^ (long) piece << 8 ^ part) * 0x9E3779B97F4A7C15L);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartKey key
        && ordinal == key.ordinal
        && piece == key.piece
        && part == key.part;
  }
}
