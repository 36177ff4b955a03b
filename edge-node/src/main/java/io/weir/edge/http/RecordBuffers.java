package io.weir.edge.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * The buffers of one TLS connection, into which records are wrapped on their way to the socket:
 * large ones, for many records in one system call, once the client has shown that it takes what is
 * sent to it, and small ones for who does not. A buffer whose write was cut short is held until the
 * client has taken the rest of it; a crowd of slow readers must not hold large ones.
 *
 * <p>The large ones of all connections are bounded too, for a client may stall once it is trusted.
 * A connection begins with small buffers, and goes back to them when a buffer has waited for {@link
 * #SLOW_NANOS} to be sent. Its I/O thread's.
 */
final class RecordBuffers implements ByteBufferPool {
  /** Holds a record of 16 KiB, and the record of a response's head beside it. */
  static final int SMALL_BYTES = 20 * 1024;

  /** Holds eight records. */
  static final int LARGE_BYTES = 136 * 1024;

  /** To be sent without a wait before large buffers are used: more than a first send buffer. */
  static final long TRUSTED_BYTES = 256 * 1024;

  static final long SLOW_NANOS = 100_000_000;

  private final ByteBufferPool small;
  private final ByteBufferPool large;
  private final Semaphore largeLeft;
  private final LongSupplier nanoTime;
  private long sentBytes;

  /**
   * @param largeLeft how many large buffers may be lent, shared by all connections
   */
  RecordBuffers(
      ByteBufferPool small, ByteBufferPool large, Semaphore largeLeft, LongSupplier nanoTime) {
    this.small = small;
    this.large = large;
    this.largeLeft = largeLeft;
    this.nanoTime = nanoTime;
  }

  @Override
  public PooledByteBuffer allocate() {
    boolean isLarge = sentBytes >= TRUSTED_BYTES && largeLeft.tryAcquire();
    return new Lent((isLarge ? large : small).allocate(), isLarge);
  }

  private void onReturned(long lentNanos, int bytes) {
    sentBytes = nanoTime.getAsLong() - lentNanos >= SLOW_NANOS ? 0 : sentBytes + bytes;
  }

  @Override
  public ByteBufferPool getArrayBackedPool() {
    return small.getArrayBackedPool();
  }

  /** Nothing: the pools outlive the connection. */
  @Override
  public void close() {}

  /** The least that a buffer holds. */
  @Override
  public int getBufferSize() {
    return small.getBufferSize();
  }

  @Override
  public boolean isDirect() {
    return small.isDirect();
  }

  private final class Lent implements PooledByteBuffer {
    private final PooledByteBuffer buffer;
    private final boolean isLarge;
    private final long lentNanos = nanoTime.getAsLong();

    Lent(PooledByteBuffer buffer, boolean isLarge) {
      this.buffer = buffer;
      this.isLarge = isLarge;
    }

    @Override
    public ByteBuffer getBuffer() {
      return buffer.getBuffer();
    }

    @Override
    public void close() {
      if (buffer.isOpen()) {
        onReturned(lentNanos, buffer.getBuffer().position());
        buffer.close();
        if (isLarge) {
          largeLeft.release();
        }
      }
    }

    @Override
    public boolean isOpen() {
      return buffer.isOpen();
    }
  }
}
