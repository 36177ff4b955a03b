package io.weir.edge.http;

/**
 * How large one connection's send buffer ought to be, by how quickly the client drains it. Pure;
 * one thread.
 *
 * <p>A connection sends at most one buffer a round trip, so a buffer that is too small holds back a
 * client far away, while any buffer is too large for a client that does not read. What tells them
 * apart is the time in which a full buffer's worth is taken while the sender waits for it: a client
 * that is held back takes it in a round trip, and one that takes it within {@link #QUICK_NANOS}
 * gets twice the buffer. One that needs {@link #SLOW_NANOS} is back at its first.
 */
final class SendWindow {
  /** More than the round trip of nearly every client. */
  static final long QUICK_NANOS = 500_000_000;

  static final long SLOW_NANOS = 4_000_000_000L;

  private final int firstBytes;
  private final int mostBytes;
  private int bytes;
  private boolean waiting;
  private long fullSinceNanos;
  private long takenBytes;

  SendWindow(SendBufferLimits limits) {
    this.firstBytes = limits.firstBytes();
    this.mostBytes = limits.mostBytes();
    this.bytes = firstBytes;
  }

  /** How large it is now. */
  int bytes() {
    return bytes;
  }

  /** The socket takes no more: the buffer is full, and there is more to send. */
  void onFull(long nowNanos) {
    if (!waiting) {
      waiting = true;
      fullSinceNanos = nowNanos;
      takenBytes = 0;
    }
  }

  /** There is nothing more to send for now. */
  void onAllSent() {
    waiting = false;
  }

  /** The socket took so much. Answers the size that the buffer ought to have from now on. */
  int onTaken(long tookBytes, long nowNanos) {
    takenBytes += tookBytes;
    if (!waiting || takenBytes < bytes) {
      return bytes;
    }
    long nanos = nowNanos - fullSinceNanos;
    fullSinceNanos = nowNanos;
    takenBytes = 0;
    if (nanos <= QUICK_NANOS) {
      return (int) Math.min(2L * bytes, mostBytes);
    }
    return nanos >= SLOW_NANOS ? firstBytes : bytes;
  }

  /** The buffer has this size now. What fills the room that was gained proves nothing. */
  void onResized(int bytes) {
    this.bytes = bytes;
    waiting = false;
  }
}
