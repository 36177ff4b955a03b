package io.weir.loadtest.crowd.peer;

import io.weir.protocol.metainfo.Metainfo;
import java.util.BitSet;

/**
 * Which pieces a peer has, verified and on disk. Confined to its peer's event loop but for {@link
 * #isWhole}.
 */
final class Holdings {
  private final Metainfo metainfo;
  private final BitSet pieces;
  private long leftBytes;
  private volatile boolean whole;

  /** Everything for a seed, otherwise nothing. */
  Holdings(Metainfo metainfo, boolean seed) {
    this.metainfo = metainfo;
    pieces = new BitSet(metainfo.pieceCount());
    leftBytes = metainfo.totalLengthBytes();
    if (seed) {
      pieces.set(0, metainfo.pieceCount());
      leftBytes = 0;
      whole = true;
    }
  }

  /** Adds a piece that was lacking. */
  void add(int piece) {
    pieces.set(piece);
    leftBytes -= metainfo.pieceLengthBytes(piece);
    whole = leftBytes == 0;
  }

  boolean has(int piece) {
    return pieces.get(piece);
  }

  /** All of them; not to be changed. */
  BitSet pieces() {
    return pieces;
  }

  /** Whether nothing is lacking; any thread. */
  boolean isWhole() {
    return whole;
  }

  /** Bytes of the pieces that are lacking. */
  long leftBytes() {
    return leftBytes;
  }

  /** Whether any of these is lacking. */
  boolean lacksAnyOf(BitSet others) {
    for (int piece = others.nextSetBit(0); piece >= 0; piece = others.nextSetBit(piece + 1)) {
      if (!pieces.get(piece)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a block, its numbers not negative, lies within a piece of the content. */
  boolean covers(BlockRequest block) {
    return block.piece() < metainfo.pieceCount()
        && (long) block.begin() + block.lengthBytes() <= metainfo.pieceLengthBytes(block.piece());
  }
}
