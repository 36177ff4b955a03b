package io.weir.edge.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from a first delay up to a cap, each drawn
 * from the upper half of its span so that nodes which failed together do not return together. Not
 * thread-safe.
 */
final class Backoff {
  private final Duration first;
  private final Duration cap;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration cap, RandomGenerator random) {
    this.first = first;
    this.cap = cap;
    this.random = random;
  }

  /** The delay after one more failure. */
  Duration next() {
    long spanMillis = Math.min(cap.toMillis(), first.toMillis() << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(spanMillis / 2 + random.nextLong(spanMillis / 2 + 1));
  }

  void reset() {
    failures = 0;
  }
}
