package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what other programs do, which nothing but asking again can tell. */
final class Await {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** Something that another program brings about. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Asks until it holds; fails, with what is told then, once the time is over. */
  static void until(Duration patience, Condition condition, Supplier<String> otherwise)
      throws Exception {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        fail("not within " + patience.toSeconds() + " s: " + otherwise.get());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private Await() {}
}
