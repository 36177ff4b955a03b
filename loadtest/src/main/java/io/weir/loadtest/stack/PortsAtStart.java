package io.weir.loadtest.stack;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Starts a stack on ports that nobody else has: a resumed one on its own or not at all, a new one
 * on others where somebody was faster between their choice and their binding.
 */
final class PortsAtStart {
  private static final int ATTEMPTS = 3;

  /**
   * Brings up a layout.
   *
   * @param <S> the stack
   */
  @FunctionalInterface
  interface Start<S extends Stack> {
    /** Starts everything, or nothing. */
    S start(StackLayout layout) throws IOException;
  }

  /**
   * Starts a stack.
   *
   * @throws IOException naming the port that is taken, or as the last start failed
   */
  static <S extends Stack> S start(StackPlan plan, Start<S> start) throws IOException {
    FreePorts ports = new FreePorts(plan.host(), new SecureRandom());
    for (int attempt = 1; ; attempt++) {
      StackLayout layout = StackLayout.of(plan);
      try {
        Optional<String> taken = layout.state().takenPort(ports);
        if (taken.isPresent()) {
          throw new IOException(taken.get() + " is taken on " + plan.host());
        }
        return start.start(layout);
      } catch (IOException e) {
        boolean lostRace = !plan.resumes() && layout.state().takenPort(ports).isPresent();
        if (!lostRace || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private PortsAtStart() {}
}
