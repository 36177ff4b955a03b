package io.weir.origin.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.origin.source.ByteRange;
import io.weir.protocol.metainfo.MetainfoBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RunPlanTest {
  @Test
  void runsAreWholePiecesOfAboutEightMebibytes() {
    assertEquals(8 << 20, RunPlan.of(1L << 30, 256 << 10).runBytes());
    assertEquals(16 << 20, RunPlan.of(1L << 40, 16 << 20).runBytes());
  }

  @Test
  void runsCoverEveryByteOnceAndBeginAtPieces() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      long total = 1 + random.nextLong(1L << (10 + random.nextInt(26)));
      int piece = MetainfoBuilder.pieceLengthFor(total);
      RunPlan plan = RunPlan.of(total, piece);
      long position = 0;
      for (long run = 0; run < plan.count(); run++) {
        ByteRange range = plan.run(run);
        assertEquals(position, range.first(), "seed " + seed);
        assertEquals(0, range.first() % piece, "seed " + seed);
        position = range.end();
      }
      assertEquals(total, position, "seed " + seed);
      assertTrue(plan.count() <= total / (8 << 20) + 1, "seed " + seed);
    }
  }
}
