package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;

/**
 * STUB. What hashing one piece of a file yields: v1 SHA-1 and v2 Merkle root.
 *
 * @param sha1 20 bytes
 * @param pieceRoot 32 bytes: the SHA-256 Merkle subtree root over 16 KiB leaves, padded to the
 *     piece length
 */
public record PieceDigests(byte[] sha1, byte[] pieceRoot) {
  /** Hashes one piece of one file; borrows for the call, position unchanged. */
  public static PieceDigests of(ByteBuffer piece, int pieceLengthBytes) {
    throw new UnsupportedOperationException();
  }
}
