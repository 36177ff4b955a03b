package io.weir.loadtest.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.rig.Positions.Spread;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PositionsTest {
  private static final long SEED = 7;

  @ParameterizedTest
  @EnumSource(Spread.class)
  void everyRangeLiesInTheObject(Spread spread) {
    for (long objectBytes : new long[] {100, 101, 1_000, 1L << 40}) {
      Positions positions = Positions.of(spread, objectBytes, 100, new Random(SEED));
      for (int i = 0; i < 10_000; i++) {
        long position = positions.next();
        assertTrue(
            position >= 0 && position + 100 <= objectBytes,
            position + " in " + objectBytes + ", seed " + SEED);
      }
    }
  }

  @Test
  void uniformPositionsReachBothEnds() {
    Positions positions = Positions.of(Spread.UNIFORM, 103, 100, new Random(SEED));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(positions.next());
    }
    assertEquals(Set.of(0L, 1L, 2L, 3L), seen, "seed " + SEED);
  }

  @Test
  void popularPartsAreScattered() {
    Positions positions = Positions.of(Spread.ZIPF, 1_000_000, 100, new Random(SEED));
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      counts.merge(positions.next(), 1, Integer::sum);
    }
    long[] byCount =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Long, Integer>comparingByValue().reversed())
            .mapToLong(Map.Entry::getKey)
            .toArray();
    assertEquals(0, byCount[0]);
    assertTrue(byCount[1] > 100, "the second most popular part is not the first's neighbour");
    assertTrue(counts.size() > 5_000, "the tail is long: " + counts.size() + ", seed " + SEED);
  }

  @Test
  void aViewerReadsOnAndSeeksNowAndThen() {
    Positions positions = Positions.of(Spread.SEQUENTIAL, 1L << 40, 100, new Random(SEED));
    int seeks = 0;
    long last = positions.next();
    for (int i = 0; i < 10_000; i++) {
      long next = positions.next();
      seeks += next == last + 100 ? 0 : 1;
      last = next;
    }
    assertTrue(seeks > 100 && seeks < 300, seeks + " seeks, seed " + SEED);
  }

  @Test
  void aRangeLongerThanTheObjectIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Positions.of(Spread.UNIFORM, 99, 100, new Random(SEED)));
  }
}
