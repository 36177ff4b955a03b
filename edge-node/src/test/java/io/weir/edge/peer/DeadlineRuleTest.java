package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineRuleTest {
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final DeadlineRule fast = new DeadlineRule(true);
  private final DeadlineRule old = new DeadlineRule(false);

  @Test
  void youngRequestWaitsUntilItsDeadline() {
    assertEquals(notYet(7), judge(fast, 3, LONG_AGO, true));
    assertEquals(notYet(7), judge(fast, 3, LONG_AGO, false));
  }

  @Test
  void pieceIsWithdrawnFromAPeerThatUnderstands() {
    assertEquals(new Overdue.WithdrawPiece(), judge(fast, 10, Duration.ZERO, true));
  }

  @Test
  void blocksAreRejectedOneByOneToAPeerThatCannotForgetThePiece() {
    assertEquals(new Overdue.RejectBlock(), judge(fast, 10, LONG_AGO, false));
    assertEquals(notYet(2), judge(fast, 10, Duration.ofSeconds(1), false));
    assertEquals(new Overdue.RejectBlock(), judge(fast, 11, DeadlineRule.REJECT_PAUSE, false));
  }

  @Test
  void peerThatCannotBeToldIsHeldAndThenGivenUp() {
    assertEquals(notYet(50), judge(old, 10, LONG_AGO, false));
    assertEquals(new Overdue.GiveUp(), judge(old, 60, LONG_AGO, false));
  }

  private static Overdue judge(
      DeadlineRule rule, int ageSeconds, Duration sinceReject, boolean dontHave) {
    return rule.judge(Duration.ofSeconds(ageSeconds).toNanos(), sinceReject.toNanos(), dontHave);
  }

  private static Overdue notYet(int seconds) {
    return new Overdue.NotYet(Duration.ofSeconds(seconds).toNanos());
  }
}
