package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.weir.edge.piece.Parts;
import io.weir.protocol.metainfo.Metainfo;

/** Somewhere that pieces can be read from: the origin adapter, later siblings and the swarm. */
public interface PieceSource {
  /**
   * A piece to read.
   *
   * @param contentId the content
   * @param contentVersion its version
   * @param originAdapter base URL of the adapter that fills it
   * @param metainfo geometry and files
   * @param piece index, 0 to {@code metainfo.pieceCount() - 1}
   */
  record Wanted(
      String contentId, int contentVersion, String originAdapter, Metainfo metainfo, int piece) {
    int lengthBytes() {
      return metainfo.pieceLengthBytes(piece);
    }
  }

  /**
   * Hears one piece arrive, on one thread of the source, which it must not block: parts in order,
   * then exactly one of end and failure. What hashes as the parts come finds them in the
   * processor's cache.
   */
  interface Receiver {
    /**
     * The next {@link Parts#BYTES} of the piece, less for the last part. Takes ownership of a
     * buffer of its own with exactly these bytes, unverified.
     *
     * @param part 0 for the first
     */
    void onPart(int part, ByteBuf bytes);

    /** Every part came, which together have the piece's length. */
    void onEnd();

    /** No more will come; the message says what the source answered. */
    void onFailed(FillException failure);
  }

  /** A read under way. */
  interface Reading {
    /**
     * Gives it up: the receiver hears {@link Receiver#onFailed} soon, unless it has heard of the
     * end by then. Any thread, any number of times.
     */
    void cancel();
  }

  /** Reads one piece without blocking the caller; the receiver may hear before this returns. */
  Reading read(Wanted wanted, Receiver receiver);
}
