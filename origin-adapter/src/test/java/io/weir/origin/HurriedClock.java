package io.weir.origin;

import io.weir.origin.source.OriginClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real time between pauses, and a fixed day; pauses are noted, not waited. */
final class HurriedClock implements OriginClock {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  /** In all. */
  Duration paused() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + paused().toNanos();
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
  }
}
