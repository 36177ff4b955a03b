package io.weir.loadtest.rig.compare;

import java.util.List;
import java.util.Optional;

/** One row of a comparison: what is asked of every contestant that can give it. */
public interface Workload {
  /** Groups rows, and chooses them: {@code http}, {@code tls}. */
  String group();

  /** For people. */
  String title();

  /** By what contestants are ranked. */
  Metric metric();

  /**
   * Our own command that loads this contestant and prints a {@link
   * io.weir.loadtest.rig.ResultLine}; empty where the contestant does not speak it.
   */
  Optional<List<String>> generator(Contestant contestant, Bench bench, Effort effort);
}
