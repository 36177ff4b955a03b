package io.weir.origin.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A limit in time that begins with its construction. Safe for any thread. */
public final class Deadline implements ReadLimit {
  private final LongSupplier nanoTime;
  private final long begunNanos;
  private final Duration whole;
  private final String what;

  /** Names what must be done within the whole, for the message. */
  public Deadline(Duration whole, LongSupplier nanoTime, String what) {
    this.nanoTime = nanoTime;
    this.begunNanos = nanoTime.getAsLong();
    this.whole = whole;
    this.what = what;
  }

  @Override
  public void check() throws OriginException {
    if (remaining().isNegative()) {
      throw new OriginException(
          Fault.TIMEOUT, "origin took longer than " + whole.toSeconds() + " s for " + what);
    }
  }

  @Override
  public Duration remaining() {
    return whole.minusNanos(nanoTime.getAsLong() - begunNanos);
  }
}
