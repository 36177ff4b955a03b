package io.weir.edge.fill;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a read that is not done by its deadline, or whose adapter has begun to answer and falls
 * silent. It looks every so often rather than at each byte, so that a stall is noticed after one to
 * two times its limit. Thread-safe.
 */
final class ReadWatch {
  private final ScheduledExecutorService timer;
  private final Duration deadline;
  private final Duration stall;
  private Duration waited = Duration.ZERO;
  private int progressSeen;
  private boolean stopped;
  private @Nullable Future<?> next;

  /** Borrows the timer. */
  ReadWatch(ScheduledExecutorService timer, Duration deadline, Duration stall) {
    this.timer = timer;
    this.deadline = deadline;
    this.stall = stall;
  }

  /** Begins to look after a read. */
  synchronized void start(AdapterRead read) {
    if (stopped) {
      return;
    }
    Duration left = deadline.minus(waited);
    Duration step = stall.compareTo(left) < 0 ? stall : left;
    try {
      next = timer.schedule(() -> look(read, step), step.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      read.giveUp(new FillException("the node is closing", e));
    }
  }

  synchronized void stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
    }
  }

  private void look(AdapterRead read, Duration step) {
    FillException tooLong = tooLong(read.progress(), step);
    if (tooLong == null) {
      start(read);
    } else {
      read.giveUp(tooLong);
    }
  }

  private synchronized @Nullable FillException tooLong(int progress, Duration step) {
    waited = waited.plus(step);
    if (waited.compareTo(deadline) >= 0) {
      return new FillException("no piece in " + deadline.toMillis() + " ms");
    }
    if (progress > 0 && progress == progressSeen) {
      return new FillException("origin adapter was silent for " + step.toMillis() + " ms");
    }
    progressSeen = progress;
    return null;
  }
}
