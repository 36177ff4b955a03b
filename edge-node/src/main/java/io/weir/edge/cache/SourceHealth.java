package io.weir.edge.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Whether pieces that are not here can be had of their source, judged by how its last fills ended.
 *
 * <p>Kept for each version, not for each adapter: one adapter stands before many origins, and one
 * of them that is broken says nothing of the others. A version that has not been filled lately is
 * taken for healthy.
 *
 * <p>A source is down once it has failed {@value #FAILURES} times over {@link #FAILING_FOR} without
 * a success between, so that neither one piece nor one hiccup, which fails many fills at once,
 * counts. It is up again after {@value #SUCCESSES} successes on end. One that nobody has asked for
 * {@link #TRIAL_AFTER} is given the benefit of the doubt, and is down again at its next failure.
 *
 * <p>Thread-safe. Holds one record for each version whose last fill failed.
 */
final class SourceHealth {
  static final int FAILURES = 3;
  static final int SUCCESSES = 2;
  static final Duration FAILING_FOR = Duration.ofSeconds(5);
  static final Duration TRIAL_AFTER = Duration.ofMinutes(1);

  private static final class Failing {
    private int failures;
    private int successes;
    private long firstNanos;
    private long lastNanos;
    private boolean down;
  }

  private final LongSupplier nanoTime;
  private final Map<Long, Failing> failing = new HashMap<>();

  SourceHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A fill of this version could not be had, or had the wrong bytes. */
  synchronized void failed(long ordinal) {
    long now = nanoTime.getAsLong();
    Failing record = failing.computeIfAbsent(ordinal, o -> new Failing());
    if (record.failures == 0 || (!record.down && isQuiet(record, now))) {
      record.failures = 0;
      record.firstNanos = now;
    }
    record.failures++;
    record.successes = 0;
    record.lastNanos = now;
    if (record.failures >= FAILURES && now - record.firstNanos >= FAILING_FOR.toNanos()) {
      record.down = true;
    }
  }

  /** A fill of this version arrived and was right. */
  synchronized void succeeded(long ordinal) {
    Failing record = failing.get(ordinal);
    if (record != null && (!record.down || ++record.successes >= SUCCESSES)) {
      failing.remove(ordinal);
    }
  }

  /** Whether a piece of this version that is asked for now is likely to come. */
  synchronized boolean isHealthy(long ordinal) {
    Failing record = failing.get(ordinal);
    return record == null || !record.down || isQuiet(record, nanoTime.getAsLong());
  }

  /** Versions whose source is down. */
  synchronized int down() {
    return (int) failing.values().stream().filter(record -> record.down).count();
  }

  synchronized void forgetWhere(LongPredicate ordinal) {
    failing.keySet().removeIf(ordinal::test);
  }

  private static boolean isQuiet(Failing record, long now) {
    return now - record.lastNanos >= TRIAL_AFTER.toNanos();
  }
}
