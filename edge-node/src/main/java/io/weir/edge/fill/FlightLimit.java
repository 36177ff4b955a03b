package io.weir.edge.fill;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So many fills at a time, so many more waiting in order, the rest refused. Nothing blocks: what
 * waits is a task, run by whoever ends the fill before it. Thread-safe; no task runs under the
 * lock.
 */
final class FlightLimit {
  private final int flying;
  private final int waiting;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private int running;

  FlightLimit(int flying, int waiting) {
    this.flying = flying;
    this.waiting = waiting;
  }

  /**
   * Runs the task now or when its turn comes; each task that is run must lead to one {@link
   * #ended}.
   *
   * @return false when too many are waiting: the task will not run
   */
  boolean start(Runnable task) {
    synchronized (this) {
      if (running == flying) {
        return queue.size() < waiting && queue.add(task);
      }
      running++;
    }
    task.run();
    return true;
  }

  /** Takes a waiting task back; false when it has run or never waited. */
  synchronized boolean withdraw(Runnable task) {
    return queue.remove(task);
  }

  /** One fill is over: the next begins. */
  void ended() {
    Runnable next;
    synchronized (this) {
      next = queue.poll();
      if (next == null) {
        running--;
        return;
      }
    }
    next.run();
  }
}
