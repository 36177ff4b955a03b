package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  @Test
  void delaysDoubleAndStayWithinTheirUpperHalf() {
    RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(1));
    Random random = new Random(1);
    for (int failures = 1; failures < 5; failures++) {
      long whole = 100L << (failures - 1);
      for (int i = 0; i < 100; i++) {
        long millis = policy.delayAfter(failures, random).toMillis();
        assertTrue(millis >= whole / 2 && millis <= whole, failures + ": " + millis);
      }
    }
  }

  @Test
  void jitterIsTheGenerators() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertEquals(policy.delayAfter(1, new Random(7)), policy.delayAfter(1, new Random(7)));
  }

  @Test
  void noDelayIsLongerThanTheLongest() {
    RetryPolicy policy = new RetryPolicy(99, Duration.ofMillis(100), Duration.ofSeconds(1));
    for (int failures = 5; failures < 99; failures++) {
      long millis = policy.delayAfter(failures, new Random(failures)).toMillis();
      assertTrue(millis >= 500 && millis <= 1_000, failures + ": " + millis);
    }
  }
}
