package io.weir.origin.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where a test says so, and in pauses. One thread. */
final class FakeClock implements OriginClock {
  final List<Duration> pauses = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  void advance(Duration duration) {
    passed = passed.plus(duration);
  }

  @Override
  public long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(passed);
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    advance(duration);
  }
}
