package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianIsInTheMiddle() {
    assertEquals(new Spread(2, 1, 9), Spread.of(9, 1, 2));
    assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 3, 1, 2));
    assertEquals(new Spread(7, 7, 7), Spread.of(7));
  }

  @Test
  void nothingHasNoMedian() {
    assertThrows(IllegalArgumentException.class, Spread::of);
  }

  /** The second round was slow for both: unpaired, the ratio would reach from 0.25 to 1. */
  @Test
  void ratiosArePairedRoundByRound() {
    assertEquals(new Spread(0.5, 0.5, 0.5), Spread.ofRatios(List.of(1.0, 2.0), List.of(2.0, 4.0)));
    assertThrows(
        IllegalArgumentException.class, () -> Spread.ofRatios(List.of(1.0), List.of(1.0, 2.0)));
  }
}
