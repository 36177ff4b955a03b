package io.weir.edge.cache;

import java.util.BitSet;

/**
 * Whether a piece that nobody has assigned to this node is worth a place on the disk: only one that
 * is asked of the source for the second time. Most of what a cache is asked for is never asked for
 * again, and to store it washes out what is; one read of the origin more for each piece that stays
 * is the price (the doorkeeper of Einziger, Friedman and Manes, "TinyLFU", 2017, alone).
 *
 * <p>Remembers pieces in two Bloom filters of a bit array each, the present one and the one before.
 * When the present one has as many pieces as it is made for, it takes the other's place, and that
 * one is forgotten. So what is asked for again within so many other pieces is known again, and one
 * in a few hundred is mistaken for another. Thread-safe.
 */
final class StoreAdmission {
  private static final int BITS_A_PIECE = 12;
  private static final int HASHES = 4;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final int capacity;
  private final int mask;
  private BitSet present;
  private BitSet before;
  private int pieces;

  /** Made for this many pieces at least, 1 or more. */
  StoreAdmission(int pieces) {
    this.capacity = pieces;
    int bits = Integer.highestOneBit(Math.min(pieces, 1 << 26) * BITS_A_PIECE - 1) << 1;
    this.mask = bits - 1;
    this.present = new BitSet(bits);
    this.before = new BitSet(bits);
  }

  /** Takes note that a piece had to be asked for; whether it had to be before. */
  synchronized boolean isKnown(PartKey piece) {
    long hash = mixed(piece);
    boolean isPresent = contains(present, hash);
    boolean isKnown = isPresent || contains(before, hash);
    if (!isPresent) {
      add(hash);
    }
    return isKnown;
  }

  private void add(long hash) {
    for (int i = 0; i < HASHES; i++) {
      present.set(bit(hash, i));
    }
    if (++pieces == capacity) {
      BitSet forgotten = before;
      before = present;
      forgotten.clear();
      present = forgotten;
      pieces = 0;
    }
  }

  private boolean contains(BitSet filter, long hash) {
    for (int i = 0; i < HASHES; i++) {
      if (!filter.get(bit(hash, i))) {
        return false;
      }
    }
    return true;
  }

  /** Two halves make as many hashes as are needed (Kirsch and Mitzenmacher, 2006). */
  private int bit(long hash, int i) {
    return (int) ((hash >>> 32) + i * (hash | 1)) & mask;
  }

  private static long mixed(PartKey piece) {
    long hash = (piece.ordinal() * MIX ^ piece.piece()) * MIX;
    hash = (hash ^ hash >>> 32) * MIX;
    return hash ^ hash >>> 29;
  }
}
