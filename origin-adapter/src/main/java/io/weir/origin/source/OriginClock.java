package io.weir.origin.source;

import java.time.Duration;
import java.time.Instant;

/** Time as reads of origins know it; injected so that tests need not wait. Safe for any thread. */
public interface OriginClock {
  /** Nanoseconds since some fixed moment. */
  long nanoTime();

  /** The time of day. */
  Instant now();

  /** Returns after the duration. */
  void pause(Duration duration) throws InterruptedException;
}
