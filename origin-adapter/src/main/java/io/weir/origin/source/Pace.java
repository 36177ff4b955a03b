package io.weir.origin.source;

import java.time.Duration;

/**
 * Whether an origin delivers as fast as it has to. Counts only the time that it was waited for.
 * Pure; one thread.
 */
final class Pace {
  private final long minimumBytesPerSecond;
  private final Duration window;
  private long waitedNanos;
  private long bytes;

  Pace(long minimumBytesPerSecond, Duration window) {
    this.minimumBytesPerSecond = minimumBytesPerSecond;
    this.window = window;
  }

  /**
   * After each read.
   *
   * @throws OriginException if a whole window brought less than the minimum rate
   */
  void onRead(long nanos, int read) throws OriginException {
    waitedNanos += nanos;
    bytes += read;
    if (waitedNanos < window.toNanos()) {
      return;
    }
    double seconds = waitedNanos / 1e9;
    if (bytes < minimumBytesPerSecond * seconds) {
      throw new OriginException(
          Fault.TIMEOUT,
          "origin sent %d bytes in %.1f s, less than the %d a second that are asked of it"
              .formatted(bytes, seconds, minimumBytesPerSecond));
    }
    restart();
  }

  /** Begins a new window: a new connection owes nothing of the last. */
  void restart() {
    waitedNanos = 0;
    bytes = 0;
  }
}
