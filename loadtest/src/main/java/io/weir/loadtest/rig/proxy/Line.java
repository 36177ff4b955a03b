package io.weir.loadtest.rig.proxy;

import java.time.Duration;

/**
 * What a line is like.
 *
 * @param roundTrip from sending a byte to hearing that it arrived: half of it each way
 * @param windowBytes bytes of one connection that may be under way in each direction, until word of
 *     their arrival has come back; 1 or more
 */
public record Line(Duration roundTrip, int windowBytes) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Validates. */
  public Line {
    if (roundTrip.isNegative() || roundTrip.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a delay is 0 to 1m");
    }
    if (windowBytes < 1) {
      throw new IllegalArgumentException("a window is 1 byte or more");
    }
  }

  long oneWayNanos() {
    return roundTrip.toNanos() / 2;
  }
}
