package io.weir.edge.peer;

import java.util.function.LongSupplier;

/**
 * Monotonic nanoseconds in which a peer could be served: it stands while the peer does not take
 * what is already waiting for it, so that no request is late by the peer's own doing. Confined to
 * one thread.
 */
final class ServingClock {
  private final LongSupplier nanoClock;
  private long passedNanos;
  private long runsSinceNanos;
  private boolean running = true;

  /** Runs at first. */
  ServingClock(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.runsSinceNanos = nanoClock.getAsLong();
  }

  long nanos() {
    return running ? passedNanos + nanoClock.getAsLong() - runsSinceNanos : passedNanos;
  }

  void stop() {
    passedNanos = nanos();
    running = false;
  }

  void start() {
    if (!running) {
      runsSinceNanos = nanoClock.getAsLong();
      running = true;
    }
  }
}
