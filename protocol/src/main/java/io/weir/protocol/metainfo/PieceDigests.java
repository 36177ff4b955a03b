package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;

/**
 * What hashing one piece of a file yields. The two Merkle roots (BEP 52) differ only for a piece
 * that is shorter than the piece length: the first is what a piece layer holds, the second is what
 * the file tree holds when the piece is all of its file. The arrays are shared, not copied.
 *
 * @param sha1 20 bytes, the v1 piece hash
 * @param pieceRoot 32 bytes: the root over 16 KiB leaves, padded to the leaves of a whole piece
 * @param fileRoot 32 bytes: the root over 16 KiB leaves, padded to the next power of two only
 */
public record PieceDigests(byte[] sha1, byte[] pieceRoot, byte[] fileRoot) {
  /** Checks the lengths. */
  public PieceDigests {
    if (sha1.length != Digests.SHA1_BYTES
        || pieceRoot.length != Digests.SHA256_BYTES
        || fileRoot.length != Digests.SHA256_BYTES) {
      throw new IllegalArgumentException("piece digests have the wrong length");
    }
  }

  /**
   * Hashes one piece of one file; borrows for the call, position unchanged. Any thread.
   *
   * @param piece 1 to {@code pieceLengthBytes} bytes
   * @param pieceLengthBytes a power of two, 16 KiB or more
   */
  public static PieceDigests of(ByteBuffer piece, int pieceLengthBytes) {
    if (!PieceLength.fitsMerkleTrees(pieceLengthBytes)) {
      throw new IllegalArgumentException("not a v2 piece length: " + pieceLengthBytes);
    }
    int length = piece.remaining();
    if (length == 0 || length > pieceLengthBytes) {
      throw new IllegalArgumentException(length + " bytes are not a piece");
    }
    MerkleHasher hasher = new MerkleHasher();
    byte[] fileRoot = hasher.root(piece);
    byte[] pieceRoot =
        hasher.raise(fileRoot, MerkleHasher.height(length), MerkleHasher.height(pieceLengthBytes));
    return new PieceDigests(Digests.sha1(piece), pieceRoot, fileRoot);
  }
}
