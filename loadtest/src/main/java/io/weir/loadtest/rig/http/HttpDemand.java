package io.weir.loadtest.rig.http;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import java.time.Duration;

/**
 * What a crowd of HTTP clients wants.
 *
 * @param connections that send requests, 1 or more, each one at a time, kept alive
 * @param ramp over which they are opened, evenly
 * @param rangeBytes length of each range, 1 or more; of a shorter object all
 * @param spread where in an object ranges begin
 * @param popularity which object of several
 * @param pace when requests are sent
 * @param slowReaders further connections that ask for a whole object and read it slowly, 0 or more;
 *     only their failures count
 * @param slowBytesPerSecond how slowly
 */
public record HttpDemand(
    int connections,
    Duration ramp,
    int rangeBytes,
    Spread spread,
    Popularity popularity,
    Pace pace,
    int slowReaders,
    int slowBytesPerSecond) {
  /** One process's open files, and one core, carry about so many. */
  public static final int MAX_CONNECTIONS = 50_000;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public HttpDemand {
    if (connections < 1 || connections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("connections: must be 1 to " + MAX_CONNECTIONS);
    }
    if (ramp.isNegative()) {
      throw new IllegalArgumentException("ramp: must be 0 or more");
    }
    if (rangeBytes < 1) {
      throw new IllegalArgumentException("range: must be more than 0");
    }
    if (slowReaders < 0 || slowReaders > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("slow-readers: must be 0 to " + MAX_CONNECTIONS);
    }
    if (slowReaders > 0 && slowBytesPerSecond < SlowReader.READS_PER_SECOND) {
      throw new IllegalArgumentException(
          "slow-rate: must be " + SlowReader.READS_PER_SECOND + " bytes a second or more");
    }
  }
}
