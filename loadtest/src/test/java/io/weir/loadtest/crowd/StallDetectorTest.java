package io.weir.loadtest.crowd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
  @Test
  void aCountThatStandsStillForTooLongIsAStall() {
    StallDetector stall = new StallDetector(Duration.ofNanos(100), 1_000);

    assertFalse(stall.isStalled(0, 1_100));
    assertTrue(stall.isStalled(0, 1_101));
    assertFalse(stall.isStalled(1, 1_102));
    assertFalse(stall.isStalled(1, 1_202));
    assertTrue(stall.isStalled(1, 1_203));
  }
}
