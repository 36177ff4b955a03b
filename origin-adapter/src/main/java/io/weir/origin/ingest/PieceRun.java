package io.weir.origin.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A run of pieces that one thread reads one after the other, so that a file which spans several is
 * one request.
 *
 * @param firstPiece index of its first piece
 * @param endPiece index of the piece after its last, greater than {@code firstPiece}
 */
record PieceRun(int firstPiece, int endPiece) {
  private static final int TARGET_RUN_BYTES = 8 << 20;

  /** Cuts the pieces that are wanted into runs of about 8 MiB: disjoint, complete, in order. */
  static List<PieceRun> of(IntPredicate wanted, int pieceCount, int pieceLengthBytes) {
    int longest = Math.max(1, TARGET_RUN_BYTES / pieceLengthBytes);
    List<PieceRun> runs = new ArrayList<>();
    int piece = 0;
    while (piece < pieceCount) {
      int first = piece;
      while (piece < pieceCount && piece - first < longest && wanted.test(piece)) {
        piece++;
      }
      if (piece > first) {
        runs.add(new PieceRun(first, piece));
      } else {
        piece++;
      }
    }
    return runs;
  }
}
