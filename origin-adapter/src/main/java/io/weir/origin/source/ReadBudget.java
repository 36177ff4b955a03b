package io.weir.origin.source;

import java.time.Duration;

/**
 * The caller's limit, and the time that a read may take in all: it grows with the bytes that the
 * origin has to send. One thread.
 */
final class ReadBudget implements ReadLimit {
  private final ReadBounds bounds;
  private final OriginClock clock;
  private final ReadLimit limit;
  private final long begunNanos;
  private long expectedBytes;

  ReadBudget(ReadBounds bounds, OriginClock clock, ReadLimit limit) {
    this.bounds = bounds;
    this.clock = clock;
    this.limit = limit;
    this.begunNanos = clock.nanoTime();
  }

  /** More bytes are to come than was known. */
  void expect(long bytes) {
    expectedBytes += bytes;
  }

  @Override
  public void check() throws OriginException {
    limit.check();
    if (own().isNegative()) {
      throw new OriginException(
          Fault.TIMEOUT,
          "origin took longer than %d s for %d bytes"
              .formatted(bounds.deadline(expectedBytes).toSeconds(), expectedBytes));
    }
  }

  @Override
  public Duration remaining() {
    Duration callers = limit.remaining();
    return callers.compareTo(own()) < 0 ? callers : own();
  }

  private Duration own() {
    return bounds.deadline(expectedBytes).minusNanos(clock.nanoTime() - begunNanos);
  }
}
