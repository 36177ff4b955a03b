package io.weir.edge;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether this node asks to be left alone, so that its traffic goes elsewhere before it ends. Once
 * it does, it does for good. Any thread.
 */
final class Drain {
  private final List<Runnable> steps = new ArrayList<>();
  private boolean begun;

  /** Has this done when the drain begins, or now if it has. */
  synchronized void onBegin(Runnable step) {
    if (begun) {
      step.run();
    } else {
      steps.add(step);
    }
  }

  /** Begins; again is harmless. */
  synchronized void begin() {
    begun = true;
    steps.forEach(Runnable::run);
    steps.clear();
  }

  /** Why the node should not be given traffic, if it is for this. */
  synchronized List<String> reasons() {
    return begun ? List.of("draining") : List.of();
  }
}
