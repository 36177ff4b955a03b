package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/** What all connections of an event loop work in, one at a time: nothing is kept between calls. */
final class LoopBuffers implements AutoCloseable {
  private static final int RECEIVE_BYTES = 256 * 1024;
  private static final int REQUEST_BYTES = 32 * 1024;

  private final ByteBuf received = Unpooled.directBuffer(RECEIVE_BYTES, RECEIVE_BYTES);
  private final ByteBuf request = Unpooled.directBuffer(REQUEST_BYTES, REQUEST_BYTES);
  private final Drain drain;

  LoopBuffers() throws IOException {
    drain = new Drain();
  }

  /** Empty, for what arrives; lent. */
  ByteBuf received() {
    return received.clear();
  }

  /** Empty, for what is sent; lent. */
  ByteBuf request() {
    return request.clear();
  }

  Drain drain() {
    return drain;
  }

  @Override
  public void close() throws IOException {
    received.release();
    request.release();
    drain.close();
  }
}
