package io.weir.origin.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PieceRunTest {
  @Test
  void runsAreAboutEightMebibytesAndNeverLessThanAPiece() {
    assertEquals(
        List.of(new PieceRun(0, 32), new PieceRun(32, 40)), PieceRun.of(p -> true, 40, 256 << 10));
    assertEquals(
        List.of(new PieceRun(0, 1), new PieceRun(1, 2)), PieceRun.of(p -> true, 2, 16 << 20));
  }

  @Test
  void runsCoverEveryWantedPieceOnceAndNoOther() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      int pieces = 1 + random.nextInt(300);
      int length = (256 << 10) << random.nextInt(7);
      BitSet wanted = new BitSet();
      random.ints(pieces, 0, pieces).forEach(wanted::set);
      BitSet covered = new BitSet();
      for (PieceRun run : PieceRun.of(wanted::get, pieces, length)) {
        assertTrue(covered.get(run.firstPiece(), run.endPiece()).isEmpty(), "seed " + seed);
        covered.set(run.firstPiece(), run.endPiece());
        long bytes = (long) (run.endPiece() - run.firstPiece()) * length;
        assertTrue(bytes <= Math.max(8 << 20, length), "seed " + seed);
      }
      assertEquals(wanted, covered, "seed " + seed);
    }
  }
}
