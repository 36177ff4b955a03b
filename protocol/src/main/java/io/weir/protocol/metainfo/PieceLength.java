package io.weir.protocol.metainfo;

/** Which piece lengths are accepted: whole 16 KiB blocks, and powers of two where there is v2. */
final class PieceLength {
  static final int MIN_BYTES = MerkleHasher.BLOCK_BYTES;
  static final int MAX_BYTES = 64 << 20;

  private PieceLength() {}

  static boolean fitsMerkleTrees(long bytes) {
    return inBounds(bytes) && Long.bitCount(bytes) == 1;
  }

  static int check(long bytes, boolean v2) throws MetainfoException {
    if (!inBounds(bytes)) {
      throw new MetainfoException("piece length: not within 16 KiB and 64 MiB");
    }
    if (v2 && !fitsMerkleTrees(bytes)) {
      throw new MetainfoException("piece length: not a power of two");
    }
    if (bytes % MerkleHasher.BLOCK_BYTES != 0) {
      throw new MetainfoException("piece length: not a multiple of 16 KiB");
    }
    return (int) bytes;
  }

  private static boolean inBounds(long bytes) {
    return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
  }
}
