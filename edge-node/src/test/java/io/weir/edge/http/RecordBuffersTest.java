package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class RecordBuffersTest {
  private long nowNanos;
  private final Semaphore largeLeft = new Semaphore(2);
  private final RecordBuffers buffers =
      new RecordBuffers(
          new DefaultByteBufferPool(false, RecordBuffers.SMALL_BYTES),
          new DefaultByteBufferPool(false, RecordBuffers.LARGE_BYTES),
          largeLeft,
          () -> nowNanos);

  @Test
  void connectionBeginsSmallAndGrowsOnceTrusted() {
    for (long sent = 0; sent < RecordBuffers.TRUSTED_BYTES; sent += RecordBuffers.SMALL_BYTES) {
      assertEquals(RecordBuffers.SMALL_BYTES, send(0));
    }
    assertEquals(RecordBuffers.LARGE_BYTES, send(0));
    assertEquals(RecordBuffers.LARGE_BYTES, send(RecordBuffers.SLOW_NANOS - 1));
    assertEquals(RecordBuffers.LARGE_BYTES, send(0));
  }

  @Test
  void clientThatKeepsABufferWaitingGetsSmallOnesAgain() {
    while (send(0) == RecordBuffers.SMALL_BYTES) {}
    send(RecordBuffers.SLOW_NANOS);
    assertEquals(RecordBuffers.SMALL_BYTES, send(0));
  }

  @Test
  void slowReaderNeverGetsALargeOne() {
    for (int i = 0; i < 100; i++) {
      assertEquals(RecordBuffers.SMALL_BYTES, send(i % 8 == 7 ? RecordBuffers.SLOW_NANOS : 0));
    }
  }

  /** What is read comes in buffers of the same pool, and proves nothing. */
  @Test
  void emptyBuffersEarnNoTrust() {
    for (int i = 0; i < 100; i++) {
      buffers.allocate().close();
    }
    assertEquals(RecordBuffers.SMALL_BYTES, send(0));
  }

  @Test
  void noMoreLargeOnesAreLentThanTheBound() {
    while (send(0) == RecordBuffers.SMALL_BYTES) {}
    PooledByteBuffer one = buffers.allocate();
    PooledByteBuffer other = buffers.allocate();
    assertEquals(RecordBuffers.SMALL_BYTES, send(0));
    one.close();
    assertEquals(RecordBuffers.LARGE_BYTES, send(0));
    other.close();
    assertEquals(2, largeLeft.availablePermits());
  }

  @Test
  void bufferClosedTwiceIsCountedOnce() {
    while (send(0) == RecordBuffers.SMALL_BYTES) {}
    PooledByteBuffer buffer = buffers.allocate();
    buffer.close();
    nowNanos += RecordBuffers.SLOW_NANOS;
    buffer.close();
    assertFalse(buffer.isOpen());
    assertEquals(RecordBuffers.LARGE_BYTES, send(0));
  }

  private int send(long waitedNanos) {
    PooledByteBuffer buffer = buffers.allocate();
    int capacity = buffer.getBuffer().capacity();
    buffer.getBuffer().position(capacity);
    nowNanos += waitedNanos;
    buffer.close();
    return capacity;
  }
}
