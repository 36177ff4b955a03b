package io.weir.edge.peer;

import java.util.Arrays;

/** Numbered slots in the order in which they were added, linked through arrays. One thread. */
final class SlotList {
  static final int NONE = -1;

  /** What follows a slot that is not in the list. */
  private static final int ABSENT = -2;

  private int[] next = {};
  private int[] previous = {};
  private int first = NONE;
  private int last = NONE;

  /** Empties the list and gives its memory back. */
  void clear() {
    next = new int[0];
    previous = new int[0];
    first = NONE;
    last = NONE;
  }

  /** Makes room for slots up to this number, itself not included. */
  void grow(int slots) {
    int before = next.length;
    next = Arrays.copyOf(next, slots);
    previous = Arrays.copyOf(previous, slots);
    Arrays.fill(next, before, slots, ABSENT);
  }

  /** The slot that was added first, {@link #NONE} where there is none. */
  int first() {
    return first;
  }

  /** The slot behind this one, which must be in the list; {@link #NONE} behind the last. */
  int after(int slot) {
    return next[slot];
  }

  boolean contains(int slot) {
    return next[slot] != ABSENT;
  }

  /** Adds a slot that is not in the list. */
  void add(int slot) {
    next[slot] = NONE;
    previous[slot] = last;
    if (last == NONE) {
      first = slot;
    } else {
      next[last] = slot;
    }
    last = slot;
  }

  /** Takes a slot out if it is in the list. */
  void remove(int slot) {
    if (!contains(slot)) {
      return;
    }
    if (previous[slot] == NONE) {
      first = next[slot];
    } else {
      next[previous[slot]] = next[slot];
    }
    if (next[slot] == NONE) {
      last = previous[slot];
    } else {
      previous[next[slot]] = previous[slot];
    }
    next[slot] = ABSENT;
  }
}
