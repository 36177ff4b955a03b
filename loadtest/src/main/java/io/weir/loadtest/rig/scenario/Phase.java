package io.weir.loadtest.rig.scenario;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.http.HttpDemand;
import io.weir.loadtest.rig.http.Popularity;
import io.weir.protocol.config.DataSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One part of a scenario, as in its file. A list's records have no defaults of the grammar's: what
 * is left out is null or 0, and stands for what is said here.
 *
 * @param name for the report
 * @param duration how long it lasts, its ramp included; all of it is measured
 * @param connections at once, 1 or more
 * @param ramp over which they are opened, evenly; at once if left out
 * @param rate requests a second in an open loop; as many as the server takes if left out
 * @param range length of each; 1 MiB if left out
 * @param spread where in an object ranges begin; uniform if left out
 * @param popularity which object of several; by Zipf if left out
 * @param slowReaders further connections that read slowly
 * @param slowRate what each of them takes in a second; 10 KiB if left out
 */
public record Phase(
    String name,
    Duration duration,
    int connections,
    @Nullable Duration ramp,
    double rate,
    @Nullable DataSize range,
    @Nullable Spread spread,
    @Nullable Popularity popularity,
    int slowReaders,
    @Nullable DataSize slowRate) {
  private static final DataSize DEFAULT_RANGE = DataSize.ofMebibytes(1);
  private static final DataSize DEFAULT_SLOW_RATE = new DataSize(10 * 1024);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  public Phase {
    // The grammar leaves out what a file leaves out.
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name: every phase has one");
    }
    if (duration == null || duration.isZero()) {
      throw new IllegalArgumentException("duration: must be more than 0");
    }
    if (ramp != null && ramp.compareTo(duration) > 0) {
      throw new IllegalArgumentException("ramp: must end with the phase");
    }
    if (rate < 0) {
      throw new IllegalArgumentException("rate: must be more than 0, or left out");
    }
    HttpDemand unused =
        demand(connections, ramp, rate, range, spread, popularity, slowReaders, slowRate);
  }

  /** What its clients want. */
  public HttpDemand demand() {
    return demand(connections, ramp, rate, range, spread, popularity, slowReaders, slowRate);
  }

  private static HttpDemand demand(
      int connections,
      @Nullable Duration ramp,
      double rate,
      @Nullable DataSize range,
      @Nullable Spread spread,
      @Nullable Popularity popularity,
      int slowReaders,
      @Nullable DataSize slowRate) {
    return new HttpDemand(
        connections,
        ramp == null ? Duration.ZERO : ramp,
        whole("range", range == null ? DEFAULT_RANGE : range),
        spread == null ? Spread.UNIFORM : spread,
        popularity == null ? Popularity.ZIPF : popularity,
        rate == 0 ? new Pace.Closed() : new Pace.Open(rate),
        slowReaders,
        whole("slow-rate", slowRate == null ? DEFAULT_SLOW_RATE : slowRate));
  }

  private static int whole(String key, DataSize size) {
    if (size.bytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(key + ": must be less than 2GiB");
    }
    return (int) size.bytes();
  }
}
