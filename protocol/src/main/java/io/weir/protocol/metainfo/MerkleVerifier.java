package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pieces by their v2 roots (BEP 52). A piece has bytes of one file only; what follows them in a
 * hybrid torrent is padding, which no v2 hash covers and which must be zero.
 */
final class MerkleVerifier implements PieceVerifier {
  private final FileLayout layout;
  private final byte[][] rootsByFile;

  /**
   * Shares the arrays.
   *
   * @param rootsByFile by file index: 32 bytes for each piece of the file, from its piece layer or,
   *     where it has but one piece, its pieces root
   */
  MerkleVerifier(FileLayout layout, byte[][] rootsByFile) {
    this.layout = layout;
    this.rootsByFile = rootsByFile;
  }

  @Override
  public PieceHashing begin(int piece) {
    return new Hashing(layout.slices(piece).get(0));
  }

  private final class Hashing implements PieceHashing {
    private final FileSlice slice;
    private final MerkleLeaves leaves;
    private int contentLeft;
    private boolean paddingIsZero = true;

    Hashing(FileSlice slice) {
      this.slice = slice;
      this.leaves = new MerkleLeaves(slice.lengthBytes());
      this.contentLeft = slice.lengthBytes();
    }

    @Override
    public void update(ByteBuffer part) {
      int end = part.limit();
      int content = Math.min(part.remaining(), contentLeft);
      leaves.update(part.limit(part.position() + content));
      part.limit(end);
      contentLeft -= content;
      while (part.hasRemaining()) {
        paddingIsZero &= part.get() == 0;
      }
    }

    @Override
    public boolean matches() {
      byte[] root = root();
      int from = (int) (slice.offsetBytes() / layout.pieceLengthBytes()) * MerkleHasher.HASH_BYTES;
      byte[] roots = rootsByFile[slice.file().index()];
      return paddingIsZero
          && Arrays.equals(root, 0, root.length, roots, from, from + MerkleHasher.HASH_BYTES);
    }

    private byte[] root() {
      boolean isWholeFile = slice.file().lengthBytes() <= layout.pieceLengthBytes();
      return isWholeFile
          ? leaves.root()
          : new MerkleHasher()
              .raise(
                  leaves.root(),
                  MerkleHasher.height(slice.lengthBytes()),
                  MerkleHasher.height(layout.pieceLengthBytes()));
    }
  }
}
