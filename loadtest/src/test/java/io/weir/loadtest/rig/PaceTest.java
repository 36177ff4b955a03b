package io.weir.loadtest.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void requestsAreDueEvenly() {
    Pace.Open pace = new Pace.Open(4);
    assertEquals(0, pace.dueNanos(0));
    assertEquals(SECOND / 4, pace.dueNanos(1));
    assertEquals(25 * SECOND, pace.dueNanos(100));
  }

  @Test
  void aRateIsMissedBeyondItsToleranceOnly() {
    Pace.Open pace = new Pace.Open(1000);
    assertTrue(pace.isMetBy(9_800, 10 * SECOND));
    assertFalse(pace.isMetBy(9_799, 10 * SECOND));
  }

  @Test
  void aRateIsSomething() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Pace.Open(rate), "rate " + rate);
    }
  }
}
