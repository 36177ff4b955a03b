package io.weir.origin.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed request is asked again, and after how long: exponential backoff with full
 * jitter over its upper half.
 *
 * @param attempts requests in all for one range, 1 or more
 * @param firstDelay delay before the second attempt, doubled for each one after
 * @param longestDelay no delay is longer; an origin that asks for a longer one is not asked again
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {
  /** Three attempts, the second after about a fifth of a second, none after more than a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(3, Duration.ofMillis(200), Duration.ofMinutes(1));

  /** Validates. */
  public RetryPolicy {
    if (attempts < 1 || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("retry policy out of bounds");
    }
  }

  /** The delay after this many failures, between a half and the whole of its exponential value. */
  Duration delayAfter(int failures, RandomGenerator random) {
    long whole =
        Math.min(firstDelay.toNanos() << Math.min(failures - 1, 16), longestDelay.toNanos());
    return Duration.ofNanos(whole / 2 + (long) (random.nextDouble() * (whole / 2.0)));
  }
}
