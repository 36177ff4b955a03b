package io.weir.control.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void neverFailedMayBeTriedAtOnce() {
    assertTrue(backoff.isOver(NOW));
  }

  @Test
  void waitIsAtLeastHalfOfTheFirstAndNeverMoreThanTheLongest() {
    backoff.onFailure(NOW);
    assertFalse(backoff.isOver(NOW.plus(Backoff.FIRST.dividedBy(2)).minusMillis(1)));
    assertTrue(backoff.isOver(NOW.plus(Backoff.FIRST)));
    for (int i = 0; i < 1_000; i++) {
      backoff.onFailure(NOW);
    }
    assertFalse(backoff.isOver(NOW.plus(Backoff.LONGEST.dividedBy(2)).minusMillis(1)));
    assertTrue(backoff.isOver(NOW.plus(Backoff.LONGEST)));
  }

  @Test
  void onlyTheFirstFailureInARowIsNews() {
    assertTrue(backoff.onFailure(NOW));
    assertFalse(backoff.onFailure(NOW));
    backoff.onSuccess();
    assertTrue(backoff.isOver(NOW));
    assertTrue(backoff.onFailure(NOW));
  }
}
