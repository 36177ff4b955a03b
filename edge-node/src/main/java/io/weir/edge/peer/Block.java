package io.weir.edge.peer;

import io.weir.protocol.metainfo.Metainfo;

/**
 * What a peer asks for at once: a run of bytes within one piece, 16 KiB by custom.
 *
 * @param piece index
 * @param begin offset within the piece
 * @param lengthBytes 1 or more
 */
record Block(int piece, int begin, int lengthBytes) {
  /** What peers ask for at once, as a rule (BEP 3), and a leaf of a v2 Merkle tree (BEP 52). */
  private static final int WHOLE_BYTES = 16 << 10;

  /**
   * Whether a block lies within a content of this geometry. In a v2-only torrent it may reach into
   * the gap behind a file as far as a whole block does: libtorrent asks for whole blocks there.
   */
  static boolean isWithin(Metainfo metainfo, int piece, int begin, int lengthBytes) {
    if (piece >= metainfo.pieceCount()) {
      return false;
    }
    int there = metainfo.pieceLengthBytes(piece);
    boolean gaps = metainfo.infoHash() == null;
    int end = gaps ? (there + WHOLE_BYTES - 1) / WHOLE_BYTES * WHOLE_BYTES : there;
    return (long) begin + lengthBytes <= end;
  }
}
