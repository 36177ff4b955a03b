package io.weir.edge.fill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * So many fills and so many of their bytes at a time, so many more waiting in order, the rest
 * refused. Nothing blocks: what waits is a task, run by whoever ends the fill before it.
 * Thread-safe; no task runs under the lock.
 */
final class FlightLimit {
  private record Waiting(Runnable task, int bytes) {}

  private final int flying;
  private final long flyingBytes;
  private final int waiting;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int running;
  private long runningBytes;

  FlightLimit(int flying, long flyingBytes, int waiting) {
    this.flying = flying;
    this.flyingBytes = flyingBytes;
    this.waiting = waiting;
  }

  /**
   * Runs the task now or when its turn comes; each task that is run must lead to one {@link
   * #ended}. One of more bytes than may fly runs alone.
   *
   * @return false when too many are waiting: the task will not run
   */
  boolean start(Runnable task, int bytes) {
    synchronized (this) {
      if (!queue.isEmpty() || !takesOff(bytes)) {
        return queue.size() < waiting && queue.add(new Waiting(task, bytes));
      }
    }
    task.run();
    return true;
  }

  /** Takes a waiting task back; false when it has run or never waited. */
  boolean withdraw(Runnable task) {
    boolean withdrawn;
    synchronized (this) {
      withdrawn = queue.removeIf(waits -> waits.task() == task);
    }
    if (withdrawn) {
      runNext();
    }
    return withdrawn;
  }

  /** A fill of so many bytes is over: what there is room for now begins. */
  void ended(int bytes) {
    synchronized (this) {
      running--;
      runningBytes -= bytes;
    }
    runNext();
  }

  private void runNext() {
    List<Runnable> next = new ArrayList<>(1);
    synchronized (this) {
      for (Waiting first = queue.peek();
          first != null && takesOff(first.bytes());
          first = queue.peek()) {
        queue.remove();
        next.add(first.task());
      }
    }
    next.forEach(Runnable::run);
  }

  private boolean takesOff(int bytes) {
    if (running == flying || (running > 0 && runningBytes + bytes > flyingBytes)) {
      return false;
    }
    running++;
    runningBytes += bytes;
    return true;
  }
}
