package io.weir.protocol.metainfo;

import java.util.List;

/** STUB. Creates the hybrid metainfo of content that has been hashed piece by piece. */
public final class MetainfoBuilder {
  /** The power of two from 256 KiB to 16 MiB that gives at most about 2,000 pieces. */
  public static int pieceLengthFor(long totalLengthBytes) {
    throw new UnsupportedOperationException();
  }

  /** Single-file hybrid; digests in piece order. */
  public static Metainfo singleFile(
      String name, long lengthBytes, int pieceLengthBytes, List<PieceDigests> digests) {
    throw new UnsupportedOperationException();
  }

  private MetainfoBuilder() {}
}
