package io.weir.origin.content;

import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.ReadLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Works through many small reads of origins on the calling thread and on helpers, as far as helpers
 * are free. Nobody waits for a helper: the caller alone gets it all done, only later. Any thread,
 * crews within crews too.
 */
public final class Crew {
  /** One read of many. */
  @FunctionalInterface
  public interface Step {
    /**
     * Reads.
     *
     * @param index which step
     * @param limit to ask before every read; ends also once another step has failed
     */
    void run(int index, ReadLimit limit) throws OriginException;
  }

  private final Executor threads;
  private final Semaphore helpers;

  /**
   * A crew.
   *
   * @param threads has a thread for each helper; stays the caller's
   * @param maxHelpers helpers at work at once, for all callers together
   */
  public Crew(Executor threads, int maxHelpers) {
    this.threads = threads;
    this.helpers = new Semaphore(maxHelpers);
  }

  /**
   * Runs every step once, in no particular order, and returns when none runs any more.
   *
   * @param atOnce steps at a time, the caller's included
   * @throws OriginException the first failure; steps that had not begun by then never do
   */
  public void run(int steps, int atOnce, ReadLimit limit, Step step) throws OriginException {
    Shift shift = new Shift(steps, limit, step);
    List<CompletableFuture<Void>> helping = new ArrayList<>();
    try {
      while (helping.size() + 1 < Math.min(atOnce, steps) && helpers.tryAcquire()) {
        helping.add(
            CompletableFuture.runAsync(shift::work, threads)
                .whenComplete((done, failure) -> helpers.release()));
      }
      shift.work();
    } finally {
      CompletableFuture.allOf(helping.toArray(CompletableFuture[]::new)).join();
    }
    OriginException failed = shift.failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private static final class Shift {
    private final int steps;
    private final ReadLimit limit;
    private final Step step;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<OriginException> failure = new AtomicReference<>();

    Shift(int steps, ReadLimit limit, Step step) {
      this.steps = steps;
      this.limit = limit;
      this.step = step;
    }

    void work() {
      boolean well = false;
      try {
        for (int index = next.getAndIncrement();
            index < steps && failure.get() == null;
            index = next.getAndIncrement()) {
          step.run(index, this::check);
        }
        well = true;
      } catch (OriginException e) {
        failure.compareAndSet(null, e);
      } finally {
        if (!well) {
          failure.compareAndSet(null, new OriginException(Fault.STOPPED, "another read broke"));
        }
      }
    }

    private void check() throws OriginException {
      limit.check();
      if (failure.get() != null) {
        throw new OriginException(Fault.STOPPED, "another read failed");
      }
    }
  }
}
