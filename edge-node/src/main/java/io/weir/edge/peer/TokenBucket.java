package io.weir.edge.peer;

import java.util.function.LongSupplier;

/** Allows a burst, then a rate. Confined to one thread. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double capacity;
  private final double perSecond;
  private final LongSupplier nanoClock;
  private double tokens;
  private long filledNanos;

  /** Full at first. */
  TokenBucket(int capacity, int perSecond, LongSupplier nanoClock) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.tokens = capacity;
    this.filledNanos = nanoClock.getAsLong();
  }

  /** Takes a token if there is one. */
  boolean tryTake() {
    long now = nanoClock.getAsLong();
    tokens = Math.min(capacity, tokens + perSecond * (now - filledNanos) / NANOS_PER_SECOND);
    filledNanos = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
