package io.weir.edge.peer;

import io.weir.edge.piece.Parts;
import io.weir.protocol.metainfo.Metainfo;

/**
 * Numbers the parts of a content's pieces one after the other, so that one {@code int} names the
 * part that a block lies in.
 */
final class PartNumbers {
  private final Metainfo metainfo;
  private final int partsAPiece;

  /** Of a content of this geometry. */
  PartNumbers(Metainfo metainfo) {
    this.metainfo = metainfo;
    this.partsAPiece = Parts.count(metainfo.pieceLengthBytes());
  }

  /** The part that holds this byte of a piece; its last part for what lies beyond the piece. */
  int at(int piece, int offsetBytes) {
    int last = metainfo.pieceLengthBytes(piece) - 1;
    return piece * partsAPiece + Parts.at(Math.min(offsetBytes, last));
  }

  int piece(int number) {
    return number / partsAPiece;
  }

  /** Which part of its piece it is. */
  int part(int number) {
    return number % partsAPiece;
  }

  /** Where in its piece it begins. */
  int offsetBytes(int number) {
    return Parts.offsetBytes(part(number));
  }
}
