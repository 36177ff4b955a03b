package io.weir.loadtest.crowd;

import java.time.Duration;

/** Tells when a count that should grow has not for too long. Pure; for one thread. */
final class StallDetector {
  private final long patienceNanos;
  private long count;
  private long grewAtNanos;

  StallDetector(Duration patience, long nowNanos) {
    patienceNanos = patience.toNanos();
    grewAtNanos = nowNanos;
  }

  /** Takes the count at a moment; whether it has stood still for longer than the patience. */
  boolean isStalled(long countNow, long nowNanos) {
    if (countNow != count) {
      count = countNow;
      grewAtNanos = nowNanos;
    }
    return nowNanos - grewAtNanos > patienceNanos;
  }
}
