package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client on a thin line: asks for a whole object and takes a little of it at a time, for as long
 * as the run lasts. Its event loop's.
 */
final class SlowReader implements Wire.Listener {
  static final int READS_PER_SECOND = 10;

  /** What the kernel holds for it: more would hide from the server how slow it is. */
  private static final int RECEIVE_BUFFER_BYTES = 32 * 1024;

  private final IoEventLoop loop;
  private final Target target;
  private final int readBytes;
  private final LoopBuffers buffers;
  private final HttpConnection.Listener listener;
  private final Wire wire;
  private final Transfer transfer;
  private @Nullable Future<?> reads;
  private final Answer nothing = new Answer();
  private long missing;
  private boolean closed;

  /** Begins to connect; on the event loop. */
  SlowReader(
      IoEventLoop loop,
      InetSocketAddress server,
      @Nullable TlsEngines engines,
      Target target,
      int bytesPerSecond,
      LoopBuffers buffers,
      HttpConnection.Listener listener)
      throws IOException {
    this.loop = loop;
    this.target = target;
    this.readBytes = bytesPerSecond / READS_PER_SECOND;
    this.buffers = buffers;
    this.listener = listener;
    wire = new Wire(loop, server, RECEIVE_BUFFER_BYTES, this);
    transfer = engines == null ? new PlainTransfer(wire, buffers) : engines.over(wire, buffers);
  }

  @Override
  public void onConnected() {
    attempt(
        () -> {
          transfer.begin();
          readSlowly();
        });
  }

  private void readSlowly() {
    if (reads == null && transfer.isReady()) {
      wire.ignoreReadable();
      reads =
          loop.scheduleAtFixedRate(
              () -> attempt(this::readOn),
              0,
              TimeUnit.SECONDS.toMillis(1) / READS_PER_SECOND,
              TimeUnit.MILLISECONDS);
    }
  }

  /** Reads a little, and asks again where it has it all. */
  private void readOn() throws IOException {
    if (missing <= 0) {
      ByteBuf request = buffers.request();
      target.writeRequest(request, 0, target.lengthBytes() - 1);
      transfer.send(request, 0, target.lengthBytes() - 1);
      missing = target.lengthBytes();
    }
    missing -= transfer.discard(readBytes);
  }

  /** Before its request only. */
  @Override
  public void onReadable() {
    attempt(
        () -> {
          transfer.receive(nothing);
          readSlowly();
        });
  }

  @Override
  public void onRefused(IOException cause) {
    fail(cause);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    if (!closed) {
      try {
        step.run();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void fail(IOException cause) {
    close();
    listener.onFailure("a slow reader: " + cause.getMessage());
  }

  void close() {
    if (!closed) {
      closed = true;
      if (reads != null) {
        reads.cancel(false);
      }
      wire.close();
      transfer.close();
      nothing.close();
    }
  }
}
