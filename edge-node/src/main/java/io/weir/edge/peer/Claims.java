package io.weir.edge.peer;

import java.util.BitSet;

/**
 * What one peer has been told that this node has. Confined to one thread.
 *
 * <p>A peer is told of everything, as long as what is not stored can be filled; or, where the
 * source is down, honestly of what is stored. An honest peer ends up as the others once it has been
 * told of everything.
 */
final class Claims {
  private final int pieceCount;
  private final BitSet told;
  private boolean honest;

  /** Nothing told yet, of a content of this many pieces. */
  Claims(int pieceCount) {
    this.pieceCount = pieceCount;
    this.told = new BitSet(pieceCount);
  }

  /** Decides what the peer is told at first. */
  void begin(BitSet stored, boolean sourceHealthy) {
    if (sourceHealthy) {
      told.set(0, pieceCount);
    } else {
      told.or(stored);
    }
    honest = !areComplete();
  }

  /** The pieces claimed; a copy. */
  BitSet told() {
    return (BitSet) told.clone();
  }

  /** Whether this piece is claimed. */
  boolean has(int piece) {
    return told.get(piece);
  }

  /** Whether the peer has been told of what is stored, and not yet of everything. */
  boolean areHonest() {
    return honest;
  }

  /** Whether every piece is claimed. */
  boolean areComplete() {
    return told.cardinality() == pieceCount;
  }

  /** Strikes out a piece; false if it is not claimed. */
  boolean withdraw(int piece) {
    boolean claimed = told.get(piece);
    told.clear(piece);
    return claimed;
  }

  /** Claims a piece; false if it is claimed already. */
  boolean claim(int piece) {
    boolean isNew = !told.get(piece);
    told.set(piece);
    honest &= !areComplete();
    return isNew;
  }

  /** The claims that no longer hold: those of an honest peer, of pieces that are gone. */
  BitSet gone(BitSet stored, boolean sourceHealthy) {
    BitSet gone = new BitSet();
    if (honest && !sourceHealthy) {
      gone.or(told);
      gone.andNot(stored);
    }
    return gone;
  }

  /** The pieces to claim that are not claimed yet. */
  BitSet missing(BitSet stored, boolean everything) {
    BitSet missing = new BitSet(pieceCount);
    if (everything) {
      missing.set(0, pieceCount);
    } else {
      missing.or(stored);
    }
    missing.andNot(told);
    return missing;
  }
}
