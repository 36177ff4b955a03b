package io.weir.loadtest.rig.swarm;

/**
 * The requests of one peer that are unanswered, each with the time at which it was due. Looked
 * through from the oldest on, since seeds answer nearly in order. One thread.
 */
final class Outstanding {
  static final int NONE = -1;

  private final long[] blocks;
  private final long[] dueNanos;
  private int size;

  /** Empty, with room for this many. */
  Outstanding(int capacity) {
    this.blocks = new long[capacity];
    this.dueNanos = new long[capacity];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == blocks.length;
  }

  /** Where a block stands, {@link #NONE} if it is not outstanding. */
  int find(long block) {
    for (int at = 0; at < size; at++) {
      if (blocks[at] == block) {
        return at;
      }
    }
    return NONE;
  }

  /** Adds a block that is not there; not while full. */
  void add(long block, long due) {
    blocks[size] = block;
    dueNanos[size] = due;
    size++;
  }

  /** Takes out what stands there, and returns when it was due. */
  long remove(int at) {
    long due = dueNanos[at];
    size--;
    System.arraycopy(blocks, at + 1, blocks, at, size - at);
    System.arraycopy(dueNanos, at + 1, dueNanos, at, size - at);
    return due;
  }
}
