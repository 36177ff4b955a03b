package io.weir.control.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * When to try again what keeps failing: waits double from {@link #FIRST} to {@link #LONGEST}, each
 * shortened at random by up to half, so that several callers do not stay in step. Confined to one
 * thread.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(10);

  private final Random random;
  private int failures;
  private Instant notBefore = Instant.MIN;

  Backoff(Random random) {
    this.random = random;
  }

  /** Whether it may be tried now. */
  boolean isOver(Instant now) {
    return !now.isBefore(notBefore);
  }

  /** Notes a failure; true if it is the first after a success. */
  boolean onFailure(Instant now) {
    long ceiling =
        Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, Long.SIZE / 4));
    notBefore = now.plusMillis(ceiling - (long) (random.nextDouble() * ceiling / 2));
    failures++;
    return failures == 1;
  }

  /** Notes a success. */
  void onSuccess() {
    failures = 0;
    notBefore = Instant.MIN;
  }
}
