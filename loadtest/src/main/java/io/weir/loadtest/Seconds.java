package io.weir.loadtest;

import java.time.Duration;

/** Lengths of time as options give them: seconds, whole or not. */
final class Seconds {
  /** To the millisecond. */
  static Duration of(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private Seconds() {}
}
