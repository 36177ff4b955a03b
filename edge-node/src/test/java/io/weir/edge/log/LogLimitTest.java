package io.weir.edge.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogLimitTest {
  @Test
  void oneLineAnIntervalAndTheRestCounted() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    LogLimit limit = new LogLimit(now::get, Duration.ofNanos(10));
    assertEquals(0, limit.admit());
    assertEquals(LogLimit.SILENT, limit.admit());
    now.addAndGet(9);
    assertEquals(LogLimit.SILENT, limit.admit());
    now.addAndGet(1);
    assertEquals(2, limit.admit());
    now.addAndGet(10);
    assertEquals(0, limit.admit());
  }
}
