package io.weir.control.api;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of request bodies that may be in memory at once, over all connections. A body takes its
 * length, or its route's bound where it does not tell one, from before its first byte until it is
 * answered; what finds too little left is refused with 503. Any thread.
 *
 * <p>A body is held up to four times while it is read (received, joined, its texts, its torrent):
 * {@link #DEFAULT_BYTES} therefore stand for at most 256 MiB of heap. Nothing else that a body says
 * is kept: bodies that may be long are read as a stream, and refused at the first thing too many.
 */
final class BodyBudget {
  /** Two of the longest bodies, or a thousand ordinary ones. */
  static final long DEFAULT_BYTES = 64L << 20;

  private final AtomicLong left;

  BodyBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes this many bytes, or none and returns false. */
  boolean take(long bytes) {
    long now;
    do {
      now = left.get();
      if (now < bytes) {
        return false;
      }
    } while (!left.compareAndSet(now, now - bytes));
    return true;
  }

  /** Gives back what was taken. */
  void give(long bytes) {
    left.addAndGet(bytes);
  }

  /** How many are left. */
  long left() {
    return left.get();
  }
}
