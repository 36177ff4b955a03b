package io.weir.origin.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The budget of attempts for one range. One thread. */
final class Attempts {
  private final RetryPolicy policy;
  private final RandomGenerator random;
  private final Pause pause;
  private int failures;

  Attempts(RetryPolicy policy, RandomGenerator random, Pause pause) {
    this.policy = policy;
    this.random = random;
    this.pause = pause;
  }

  /** Waits until the next attempt is due, or throws the failure if there is to be none. */
  void onFailure(OriginException failure) throws OriginException {
    failures++;
    if (!failure.fault().isPassing() || failures >= policy.attempts()) {
      throw failure;
    }
    Duration delay = policy.delayAfter(failures, random);
    try {
      pause.pause(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OriginException(Fault.STOPPED, "interrupted between attempts", e);
    }
  }
}
