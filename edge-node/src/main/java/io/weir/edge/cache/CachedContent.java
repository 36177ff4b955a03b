package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.protocol.metainfo.Metainfo;

/**
 * One version of a content as the cache knows it.
 *
 * @param contentId the content
 * @param contentVersion its version
 * @param ordinal the number that the store keeps its pieces under
 * @param originAdapter base URL of the adapter that fills it
 * @param metainfo geometry and hashes
 */
public record CachedContent(
    String contentId, int contentVersion, long ordinal, String originAdapter, Metainfo metainfo) {
  /** Whether these are the bytes of a piece; borrows for the call. Hashes, so it takes a while. */
  boolean isPiece(int piece, ByteBuf bytes) {
    return bytes.readableBytes() == metainfo.pieceLengthBytes(piece)
        && metainfo.verify(piece, bytes.nioBuffer());
  }
}
