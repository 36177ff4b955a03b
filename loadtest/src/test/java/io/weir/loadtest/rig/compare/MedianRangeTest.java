package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianRangeTest {
  @Test
  void theMedianIsInTheMiddle() {
    assertEquals(new MedianRange(2, 1, 9), MedianRange.of(9, 1, 2));
    assertEquals(new MedianRange(2.5, 1, 9), MedianRange.of(9, 3, 1, 2));
    assertEquals(new MedianRange(7, 7, 7), MedianRange.of(7));
  }

  @Test
  void nothingHasNoMedian() {
    assertThrows(IllegalArgumentException.class, MedianRange::of);
  }

  /** The second round was slow for both: unpaired, the ratio would reach from 0.25 to 1. */
  @Test
  void ratiosArePairedRoundByRound() {
    assertEquals(
        new MedianRange(0.5, 0.5, 0.5), MedianRange.ofRatios(List.of(1.0, 2.0), List.of(2.0, 4.0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> MedianRange.ofRatios(List.of(1.0), List.of(1.0, 2.0)));
  }
}
