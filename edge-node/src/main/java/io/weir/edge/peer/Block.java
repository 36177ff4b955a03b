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
  /** Whether it lies within a content of this geometry. */
  boolean isWithin(Metainfo metainfo) {
    return piece < metainfo.pieceCount()
        && (long) begin + lengthBytes <= metainfo.pieceLengthBytes(piece);
  }
}
