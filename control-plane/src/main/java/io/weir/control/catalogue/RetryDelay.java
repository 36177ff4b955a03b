package io.weir.control.catalogue;

import java.time.Duration;

/**
 * How long a content's next version that failed is left alone: {@link #FIRST}, doubled with every
 * failure in a row, up to {@link #LONGEST}. Each try reads the whole origin again.
 */
public final class RetryDelay {
  /** After the first failure. */
  public static final Duration FIRST = Duration.ofSeconds(15);

  /** After many. */
  public static final Duration LONGEST = Duration.ofHours(1);

  private RetryDelay() {}

  /** The delay after this many failures in a row, 1 or more. */
  public static Duration after(int failures) {
    int doublings = Math.min(failures - 1, Integer.SIZE / 2);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }
}
