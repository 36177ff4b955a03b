package io.weir.edge.cache;

import io.weir.edge.piece.Parts;
import io.weir.edge.piece.PieceBuffer;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.PieceVerification;
import java.nio.ByteBuffer;
import java.util.Objects;

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
  /** The key of a part; fails where there is no such part. */
  PartKey key(int piece, int part) {
    Objects.checkIndex(part, Parts.count(metainfo.pieceLengthBytes(piece)));
    return new PartKey(ordinal, piece, part);
  }

  /** The key of a whole piece; fails where there is no such piece. */
  PartKey key(int piece) {
    return new PartKey(ordinal, Objects.checkIndex(piece, metainfo.pieceCount()), PartKey.WHOLE);
  }

  /** Length of what a key of this content names. */
  int lengthBytes(PartKey key) {
    int pieceBytes = metainfo.pieceLengthBytes(key.piece());
    return key.isWhole() ? pieceBytes : Parts.lengthBytes(key.part(), pieceBytes);
  }

  /** Whether these are the bytes of a piece; borrows for the call. Hashes, so it takes a while. */
  boolean isPiece(int piece, PieceBuffer bytes) {
    PieceVerification verification = metainfo.beginPiece(piece);
    for (ByteBuffer part : bytes.toBuffers()) {
      verification.update(part);
    }
    return verification.verify();
  }
}
