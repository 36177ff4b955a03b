package io.weir.edge.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Admits one log line an interval and counts those that it kept back. One instance a kind of line.
 * Thread-safe.
 */
public final class LogLimit {
  /** What {@link #admit} answers when the line is to be kept back. */
  public static final long SILENT = -1;

  private final LongSupplier nanoTime;
  private final long intervalNanos;
  private boolean admittedBefore;
  private long lastAdmittedNanos;
  private long keptBack;

  /** One line an interval, by this clock. */
  public LogLimit(LongSupplier nanoTime, Duration interval) {
    this.nanoTime = nanoTime;
    this.intervalNanos = interval.toNanos();
  }

  /** {@link #SILENT}, or how many lines were kept back since the last that was admitted. */
  public synchronized long admit() {
    long now = nanoTime.getAsLong();
    if (admittedBefore && now - lastAdmittedNanos < intervalNanos) {
      keptBack++;
      return SILENT;
    }
    long answer = keptBack;
    admittedBefore = true;
    lastAdmittedNanos = now;
    keptBack = 0;
    return answer;
  }
}
