package io.weir.edge.peer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the blocks that peers have not taken yet keep, all peers together. Thread-safe.
 *
 * <p>Nobody is refused above the capacity: every peer has its turn as before, but a small one, and
 * in memory of its own. So what is kept is bounded by the capacity, with one turn of each event
 * loop and one block of each connection on top.
 */
final class SendBudget {
  private final long capacityBytes;
  private final AtomicLong keptBytes = new AtomicLong();

  SendBudget(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** Whether there is room for more than the least. */
  boolean hasRoom() {
    return keptBytes.get() < capacityBytes;
  }

  /** Counts in memory that unsent blocks keep. */
  void keep(long bytes) {
    keptBytes.addAndGet(bytes);
  }

  /** Counts out what was counted in. */
  void free(long bytes) {
    keptBytes.addAndGet(-bytes);
  }

  long keptBytes() {
    return keptBytes.get();
  }
}
