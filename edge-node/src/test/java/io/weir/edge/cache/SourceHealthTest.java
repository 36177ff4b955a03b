package io.weir.edge.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SourceHealthTest {
  private static final long FILM = 1;
  private static final long SONG = 2;

  private long nowNanos = -5;
  private final SourceHealth health = new SourceHealth(() -> nowNanos);

  @Test
  void sourceThatWasNeverAskedIsHealthy() {
    assertTrue(health.isHealthy(FILM));
    assertEquals(0, health.down());
  }

  @Test
  void manyFailuresAtOnceAreOneHiccup() {
    for (int i = 0; i < 100; i++) {
      health.failed(FILM);
    }
    assertTrue(health.isHealthy(FILM));
  }

  @Test
  void failuresForSomeTimeAreASourceThatIsDown() {
    breakDown(FILM);
    assertFalse(health.isHealthy(FILM));
    assertEquals(1, health.down());
  }

  @Test
  void otherVersionsAreNotHeldLiable() {
    breakDown(FILM);
    assertTrue(health.isHealthy(SONG));
  }

  @Test
  void twoFailuresAreTooFew() {
    health.failed(FILM);
    pass(SourceHealth.FAILING_FOR);
    health.failed(FILM);
    assertTrue(health.isHealthy(FILM));
  }

  @Test
  void successBetweenFailuresStartsTheCountAfresh() {
    health.failed(FILM);
    pass(SourceHealth.FAILING_FOR);
    health.failed(FILM);
    health.succeeded(FILM);
    health.failed(FILM);
    assertTrue(health.isHealthy(FILM));
  }

  @Test
  void failuresFarApartDoNotAddUp() {
    for (int i = 0; i < 10; i++) {
      health.failed(FILM);
      pass(SourceHealth.TRIAL_AFTER);
    }
    assertTrue(health.isHealthy(FILM));
  }

  @Test
  void oneSuccessDoesNotBringASourceUpAndTwoDo() {
    breakDown(FILM);
    health.succeeded(FILM);
    assertFalse(health.isHealthy(FILM));
    health.failed(FILM);
    health.succeeded(FILM);
    assertFalse(health.isHealthy(FILM));
    health.succeeded(FILM);
    assertTrue(health.isHealthy(FILM));
    assertEquals(0, health.down());
  }

  @Test
  void sourceThatNobodyAskedForAWhileIsOnTrial() {
    breakDown(FILM);
    pass(SourceHealth.TRIAL_AFTER.minusNanos(1));
    assertFalse(health.isHealthy(FILM));
    pass(Duration.ofNanos(1));
    assertTrue(health.isHealthy(FILM));
    health.failed(FILM);
    assertFalse(health.isHealthy(FILM));
  }

  @Test
  void forgottenVersionIsNotKept() {
    breakDown(FILM);
    breakDown(SONG);
    health.forgetWhere(ordinal -> ordinal != SONG);
    assertEquals(1, health.down());
    assertTrue(health.isHealthy(FILM));
  }

  private void breakDown(long ordinal) {
    health.failed(ordinal);
    health.failed(ordinal);
    pass(SourceHealth.FAILING_FOR);
    health.failed(ordinal);
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }
}
