package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ServingClockTest {
  private long nowNanos = Long.MAX_VALUE - 20;
  private final ServingClock clock = new ServingClock(() -> nowNanos);

  @Test
  void standsWhileThePeerTakesNothing() {
    nowNanos += 10;
    clock.stop();
    nowNanos += 1000;
    clock.stop();
    assertEquals(10, clock.nanos());
    clock.start();
    nowNanos += 5;
    clock.start();
    assertEquals(15, clock.nanos());
  }
}
