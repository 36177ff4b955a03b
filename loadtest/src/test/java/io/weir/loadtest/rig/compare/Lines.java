package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.ResultLine;
import java.util.List;

/** Results of runs that nobody ran. */
public final class Lines {
  /** One whose answers cost so much, and are as fast as they are cheap. */
  public static ResultLine costing(double cpuSecondsPerGigabyte, String... faults) {
    long micros = Math.round(cpuSecondsPerGigabyte * 10_000);
    return new ResultLine(
        2,
        1_000,
        500,
        524.3,
        10,
        micros,
        2 * micros,
        4 * micros,
        8 * micros,
        9 * micros,
        cpuSecondsPerGigabyte,
        cpuSecondsPerGigabyte * 1048.576,
        64L << 20,
        0.5,
        false,
        List.of(faults));
  }

  private Lines() {}
}
