package io.weir.loadtest.rig.tracker;

import io.weir.loadtest.rig.LoadResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run measured, its warm-up left out.
 *
 * @param load answers, latency, what the server spent
 * @param lost announces that were not answered in time, by UDP
 * @param peersNamed peers in all answers
 */
public record TrackerResult(LoadResult load, long lost, long peersNamed) {
  /** Share of announces that may be lost without the run failing. */
  public static final double TOLERATED_LOSS = 0.001;

  /** Peers in an answer, on average. */
  public double peersPerAnswer() {
    return load.answers() == 0 ? 0 : (double) peersNamed / load.answers();
  }

  /** Why the run proves nothing; empty where it does. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>(load.faults());
    if (lost > TOLERATED_LOSS * (load.answers() + lost)) {
      faults.add(lost + " announces were not answered, of " + (load.answers() + lost));
    }
    return faults;
  }
}
