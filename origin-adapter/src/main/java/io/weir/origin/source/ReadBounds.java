package io.weir.origin.source;

import java.time.Duration;

/**
 * How long, how slow and how often: what ends the wait for an origin, whatever it does.
 *
 * @param connect longest time to connect to one address
 * @param stall longest silence, and longest wait for a free connection
 * @param head longest time from asking to the end of the answer's head
 * @param minimumBytesPerSecond slowest body that is read on, 1 or more; measured over {@code
 *     rateWindow} of waiting for the origin, so that a slow disk of ours is no origin's fault
 * @param rateWindow also the longest time for a single byte
 * @param patience what a read may take in all, pauses included, beyond what its bytes take at the
 *     minimum rate
 * @param connectionsPerHost connections open at once to one scheme, host and port, 1 or more
 * @param retries how often a failed request is asked again
 */
public record ReadBounds(
    Duration connect,
    Duration stall,
    Duration head,
    long minimumBytesPerSecond,
    Duration rateWindow,
    Duration patience,
    int connectionsPerHost,
    RetryPolicy retries) {
  /** Validates. */
  public ReadBounds {
    if (minimumBytesPerSecond < 1 || connectionsPerHost < 1) {
      throw new IllegalArgumentException("read bounds out of bounds");
    }
  }

  /** The usual bounds around the two that an operator sets. */
  public static ReadBounds of(long minimumBytesPerSecond, int connectionsPerHost) {
    return new ReadBounds(
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        minimumBytesPerSecond,
        Duration.ofSeconds(20),
        Duration.ofMinutes(3),
        connectionsPerHost,
        RetryPolicy.DEFAULT);
  }

  /** What the read of so many bytes may take in all. */
  Duration deadline(long bytes) {
    return patience.plusSeconds(bytes / minimumBytesPerSecond);
  }
}
