package io.weir.origin.source;

import java.time.Duration;

/** Waits between attempts; injected so that tests need not. */
@FunctionalInterface
public interface Pause {
  /** Returns after the duration. */
  void pause(Duration duration) throws InterruptedException;
}
