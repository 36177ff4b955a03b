package io.weir.origin.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSourceChannel;

/**
 * A request's body as a stream that ends at a deadline with a {@link SocketTimeoutException},
 * whatever its sender does: Undertow's own waits for ever. Blocking, one thread.
 */
final class DeadlineBody extends InputStream {
  private final StreamSourceChannel channel;
  private final long deadlineNanos;

  /** Borrows the channel. */
  DeadlineBody(StreamSourceChannel channel, Duration deadline) {
    this.channel = channel;
    this.deadlineNanos = System.nanoTime() + deadline.toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    while (true) {
      int read = length == 0 ? 0 : channel.read(buffer);
      if (read != 0 || length == 0) {
        return read;
      }
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException("the body did not come in time");
      }
      channel.awaitReadable(left, TimeUnit.NANOSECONDS);
    }
  }
}
