package io.weir.edge.peer;

import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.util.BitSet;

/**
 * What a peer says it has: that it can be true, and whether it was everything at once. BEP 3 wants
 * a bitfield first or never, but aria2 sends one whenever it is shorter than the haves that are
 * due, so a later one is taken for what it is. Confined to one thread.
 */
final class PeerPieces {
  private final int pieceCount;
  private final BitSet pieces = new BitSet();
  private boolean complete;

  PeerPieces(int pieceCount) {
    this.pieceCount = pieceCount;
  }

  void onBitfield(WireMessage.Bitfield bitfield) throws PeerViolation {
    try {
      BitSet told = bitfield.toBitSet(pieceCount);
      complete = told.cardinality() == pieceCount;
      pieces.or(told);
    } catch (WireException e) {
      throw new PeerViolation(CloseReason.INVALID_BITFIELD, e.getMessage());
    }
  }

  void onHaveAll() {
    complete = true;
  }

  void onHave(WireMessage.Have have) throws PeerViolation {
    if (have.piece() >= pieceCount) {
      throw new PeerViolation(
          CloseReason.HAVE_OUT_OF_RANGE, "have " + have.piece() + " of " + pieceCount);
    }
    pieces.set(have.piece());
  }

  /** Whether the peer has this piece, as far as it has said so one by one. */
  boolean has(int piece) {
    return pieces.get(piece);
  }

  /** Whether the peer declared itself a seed. */
  boolean isComplete() {
    return complete;
  }
}
