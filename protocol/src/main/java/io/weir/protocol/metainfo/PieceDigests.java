package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;

/**
 * What hashing one piece of a file yields. The two Merkle roots (BEP 52) differ only for a piece
 * that is shorter than the piece length: the first is what a piece layer holds, the second is what
 * the file tree holds when the piece is all of its file. A v1 torrent, whose pieces may span files,
 * has neither. The arrays are shared, not copied.
 *
 * @param sha1 20 bytes, the v1 piece hash
 * @param pieceRoot 32 bytes: the root over 16 KiB leaves, padded to the leaves of a whole piece; or
 *     none
 * @param fileRoot 32 bytes: the root over 16 KiB leaves, padded to the next power of two only; or
 *     none
 */
public record PieceDigests(byte[] sha1, byte[] pieceRoot, byte[] fileRoot) {
  private static final byte[] NO_ROOT = new byte[0];

  /** Checks the lengths. */
  public PieceDigests {
    boolean bothRoots =
        pieceRoot.length == Digests.SHA256_BYTES && fileRoot.length == Digests.SHA256_BYTES;
    boolean noRoots = pieceRoot.length == 0 && fileRoot.length == 0;
    if (sha1.length != Digests.SHA1_BYTES || !(bothRoots || noRoots)) {
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
    return of(piece, piece.remaining(), pieceLengthBytes);
  }

  /** As above, of a piece whose first bytes are a file's and the rest padding. */
  static PieceDigests of(ByteBuffer piece, int contentBytes, int pieceLengthBytes) {
    if (!PieceLength.fitsMerkleTrees(pieceLengthBytes)) {
      throw new IllegalArgumentException("not a v2 piece length: " + pieceLengthBytes);
    }
    if (contentBytes == 0 || piece.remaining() > pieceLengthBytes) {
      throw new IllegalArgumentException(piece.remaining() + " bytes are not a piece");
    }
    MerkleLeaves leaves = new MerkleLeaves(contentBytes);
    leaves.update(piece.slice(piece.position(), contentBytes));
    byte[] fileRoot = leaves.root();
    byte[] pieceRoot =
        new MerkleHasher()
            .raise(
                fileRoot, MerkleHasher.height(contentBytes), MerkleHasher.height(pieceLengthBytes));
    return new PieceDigests(Digests.sha1(piece), pieceRoot, fileRoot);
  }

  /** Hashes one piece of a v1 torrent; borrows for the call, position unchanged. Any thread. */
  public static PieceDigests v1(ByteBuffer piece) {
    return new PieceDigests(Digests.sha1(piece), NO_ROOT, NO_ROOT);
  }
}
