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
  /**
   * Whether it lies within a content of this geometry. Where a v2-only torrent has a gap behind a
   * file, it may reach into the gap: libtorrent asks for whole blocks there.
   */
  boolean isWithin(Metainfo metainfo) {
    int last = metainfo.pieceCount() - 1;
    int end = piece < last ? metainfo.pieceLengthBytes() : metainfo.pieceLengthBytes(last);
    return piece <= last && (long) begin + lengthBytes <= end;
  }
}
