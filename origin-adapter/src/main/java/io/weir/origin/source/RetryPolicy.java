package io.weir.origin.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed request is asked again, and after how long: exponential backoff with full
 * jitter over its upper half.
 *
 * @param attempts requests in all for one range, 1 or more
 * @param firstDelay delay before the second attempt, doubled for each one after
 */
public record RetryPolicy(int attempts, Duration firstDelay) {
  /** Three attempts, the second after about a fifth of a second. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(200));

  /** Validates. */
  public RetryPolicy {
    if (attempts < 1 || firstDelay.isNegative()) {
      throw new IllegalArgumentException("retry policy out of bounds");
    }
  }

  /** The delay after this many failures, between a half and the whole of its exponential value. */
  Duration delayAfter(int failures, RandomGenerator random) {
    long whole = firstDelay.toNanos() << Math.min(failures - 1, 16);
    return Duration.ofNanos(whole / 2 + (long) (random.nextDouble() * (whole / 2.0)));
  }
}
