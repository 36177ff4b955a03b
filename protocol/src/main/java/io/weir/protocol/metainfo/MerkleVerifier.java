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
  public boolean matches(int piece, ByteBuffer data) {
    FileSlice slice = layout.slices(piece).get(0);
    ByteBuffer content = data.slice(data.position(), slice.lengthBytes());
    int from = (int) (slice.offsetBytes() / layout.pieceLengthBytes()) * MerkleHasher.HASH_BYTES;
    byte[] root = root(slice, content);
    return Arrays.equals(
            root,
            0,
            root.length,
            rootsByFile[slice.file().index()],
            from,
            from + MerkleHasher.HASH_BYTES)
        && isZero(data, data.position() + slice.lengthBytes());
  }

  private byte[] root(FileSlice slice, ByteBuffer content) {
    MerkleHasher hasher = new MerkleHasher();
    byte[] root = hasher.root(content);
    boolean isWholeFile = slice.file().lengthBytes() <= layout.pieceLengthBytes();
    return isWholeFile
        ? root
        : hasher.raise(
            root,
            MerkleHasher.height(slice.lengthBytes()),
            MerkleHasher.height(layout.pieceLengthBytes()));
  }

  private static boolean isZero(ByteBuffer data, int from) {
    for (int i = from; i < data.limit(); i++) {
      if (data.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
