package io.weir.loadtest.rig.compare;

import java.util.List;
import java.util.Optional;

/** One row of a comparison: what is asked of every contestant that can give it. */
public interface Workload {
  /** By which rows are chosen. */
  Group group();

  /** For people. */
  String title();

  /** By what contestants are ranked. */
  Metric metric();

  /** Of the round that is not measured; enough to warm who is measured after it. */
  default Effort firstRound(Effort effort) {
    return effort;
  }

  /**
   * Our own command that loads this contestant and prints a {@link
   * io.weir.loadtest.rig.ResultLine}; empty where the contestant does not speak it.
   */
  Optional<List<String>> generator(Contestant contestant, Bench bench, Effort effort);
}
