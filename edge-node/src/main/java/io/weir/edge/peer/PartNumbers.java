package io.weir.edge.peer;

import io.weir.edge.piece.Parts;
import io.weir.protocol.metainfo.Metainfo;

/**
 * Numbers the parts of a content's pieces one after the other, so that one {@code int} names the
 * part that a block lies in, or the two parts: blocks as clients ask for them lie in one, but
 * nothing forbids others.
 */
final class PartNumbers {
  private static final int TWO = Integer.MIN_VALUE;

  private final Metainfo metainfo;
  private final int partsAPiece;

  /** Of a content of this geometry. */
  PartNumbers(Metainfo metainfo) {
    this.metainfo = metainfo;
    this.partsAPiece = Parts.count(metainfo.pieceLengthBytes());
  }

  /** The part that holds this byte of a piece; its last part for what lies beyond the piece. */
  private int at(int piece, int offsetBytes) {
    int last = metainfo.pieceLengthBytes(piece) - 1;
    return piece * partsAPiece + Parts.at(Math.min(offsetBytes, last));
  }

  /** The number of what a block lies in. */
  int of(int piece, int begin, int lengthBytes) {
    int first = at(piece, begin);
    return at(piece, begin + lengthBytes - 1) == first ? first : first | TWO;
  }

  /** Whether a number is that of a part and the one after it. */
  static boolean isOfTwo(int number) {
    return (number & TWO) != 0;
  }

  int piece(int number) {
    return (number & ~TWO) / partsAPiece;
  }

  /** Which part of its piece it is, or the first of two. */
  int part(int number) {
    return (number & ~TWO) % partsAPiece;
  }

  /** Where in its piece it begins. */
  int offsetBytes(int number) {
    return Parts.offsetBytes(part(number));
  }
}
