package io.weir.edge.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));

  @Test
  void delaysDoubleUpToTheCapWithinTheUpperHalfOfTheirSpan() {
    long[] spansMillis = {100, 200, 400, 800, 1000, 1000, 1000};
    for (long spanMillis : spansMillis) {
      long delayMillis = backoff.next().toMillis();
      assertTrue(delayMillis >= spanMillis / 2 && delayMillis <= spanMillis, "" + delayMillis);
    }
  }

  @Test
  void delayStaysAtTheCapHoweverLongItFails() {
    for (int i = 0; i < 10_000; i++) {
      assertTrue(backoff.next().toMillis() <= 1000);
    }
  }

  @Test
  void delayStartsOverAfterSuccess() {
    for (int i = 0; i < 10; i++) {
      backoff.next();
    }
    backoff.reset();
    assertTrue(backoff.next().toMillis() <= 100);
  }

  @Test
  void nodesThatFailedTogetherDoNotReturnTogether() {
    Backoff one = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(9), new Random(1));
    Backoff other = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(9), new Random(2));
    assertEquals(false, one.next().equals(other.next()));
  }
}
