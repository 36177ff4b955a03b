package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
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
      String contentId, int contentVersion, String originAdapter, Metainfo metainfo, int piece) {}

  /**
   * Who a piece is read for. Called in order, on the source's thread; the last call is exactly one
   * of {@link #onEnd} and {@link #onFailed}.
   */
  interface Receiver {
    /** A part as {@link io.weir.edge.piece.Parts} cuts the piece, unverified; takes ownership. */
    void onPart(int part, ByteBuf bytes);

    /** Every part has come. */
    void onEnd();

    /** No more will come. */
    void onFailed(FillException failure);
  }

  /** Reads one piece without blocking the caller. */
  void read(Wanted wanted, Receiver receiver);
}
