package io.weir.loadtest.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ZipfTest {
  private static final long SEED = 11;
  private static final int DRAWS = 400_000;

  @Test
  void ranksAreDrawnInProportionToTheirWeight() {
    int ranks = 50;
    int[] counts = new int[ranks];
    Zipf zipf = new Zipf(ranks, new Random(SEED));
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) zipf.next()]++;
    }
    double sum = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      sum += Math.pow(rank, -Zipf.EXPONENT);
    }
    for (int rank = 1; rank <= ranks; rank++) {
      double expected = DRAWS * Math.pow(rank, -Zipf.EXPONENT) / sum;
      assertEquals(
          expected, counts[rank - 1], 6 * Math.sqrt(expected), "rank " + rank + ", seed " + SEED);
    }
  }

  @Test
  void aSingleRankIsAlwaysDrawn() {
    assertEquals(0, new Zipf(1, new Random(SEED)).next());
  }

  @Test
  void thereIsARank() {
    assertThrows(IllegalArgumentException.class, () -> new Zipf(0, new Random(SEED)));
  }
}
