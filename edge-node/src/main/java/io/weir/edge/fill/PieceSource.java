package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.weir.protocol.metainfo.Metainfo;
import java.util.concurrent.CompletableFuture;

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
   * Reads one piece without blocking the caller. The future completes on the source's thread with
   * exactly the piece's length in unverified bytes, returned owned, or exceptionally with a {@link
   * FillException}.
   */
  CompletableFuture<ByteBuf> read(Wanted wanted);
}
