package io.weir.origin.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The budget of attempts for one range. One thread. */
final class Attempts {
  /** How long a pause goes on without asking whether the bytes are still wanted. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final RetryPolicy policy;
  private final RandomGenerator random;
  private final OriginClock clock;
  private int failures;

  Attempts(RetryPolicy policy, RandomGenerator random, OriginClock clock) {
    this.policy = policy;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Waits until the next attempt is due, or throws the failure if there is to be none: it does not
   * pass, the budget is spent, or the origin asks to wait longer than the limit leaves.
   */
  void onFailure(OriginException failure, ReadLimit limit) throws OriginException {
    failures++;
    if (!failure.fault().isPassing() || failures >= policy.attempts()) {
      throw failure;
    }
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration left = shorter(limit.remaining(), policy.longestDelay());
    if (asked.compareTo(left) > 0) {
      throw new OriginException(
          failure.fault(),
          "%s and asks to wait %d s, longer than the %d s that it is waited for"
              .formatted(failure.getMessage(), asked.toSeconds(), Math.max(0, left.toSeconds())),
          failure);
    }
    Duration backoff = policy.delayAfter(failures, random);
    pause(asked.compareTo(backoff) > 0 ? asked : backoff, limit);
  }

  private void pause(Duration whole, ReadLimit limit) throws OriginException {
    Duration left = whole;
    while (!left.isZero()) {
      Duration next = shorter(left, LONGEST_SLEEP);
      try {
        clock.pause(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OriginException(Fault.STOPPED, "interrupted between attempts", e);
      }
      limit.check();
      left = left.minus(next);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
