package io.weir.origin.fill;

import io.weir.origin.ingest.IngestedContent;
import java.util.concurrent.CompletableFuture;

/**
 * A piece that somebody waits for and its origin has.
 *
 * @param content what it is a piece of
 * @param parts its content's hashes and files
 * @param piece its index
 * @param alone whether it is to be read by a request of its own
 * @param bytes completed with the verified bytes, or a {@link FillException}
 */
record PieceAsk(
    IngestedContent content,
    IngestedContent.Parts parts,
    int piece,
    boolean alone,
    CompletableFuture<byte[]> bytes) {
  PieceAsk(IngestedContent content, IngestedContent.Parts parts, int piece) {
    this(content, parts, piece, false, new CompletableFuture<>());
  }

  int lengthBytes() {
    return parts.metainfo().pieceLengthBytes(piece);
  }

  /** The same, to be read by itself. */
  PieceAsk byItself() {
    return new PieceAsk(content, parts, piece, true, bytes);
  }
}
