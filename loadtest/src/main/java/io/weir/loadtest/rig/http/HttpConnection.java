package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEventLoop;
import io.weir.loadtest.rig.Original;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection with one request at a time. Its event loop's. */
final class HttpConnection implements Wire.Listener {
  /** Told of every end; on the event loop. */
  interface Listener {
    /** It may be sent a request. */
    void onReady(HttpConnection connection);

    /** The whole answer is there, and right. */
    void onAnswer(HttpConnection connection, long dueNanos, int bytes, boolean compared);

    /** It is closed, and of no more use. */
    void onFailure(String reason);
  }

  private final Catalogue.Requests requests;
  private final @Nullable Original original;
  private final LoopBuffers buffers;
  private final Listener listener;
  private final Answer answer = new Answer();
  private final Wire wire;
  private final Transfer transfer;
  private boolean ready;
  private boolean closed;
  private long dueNanos;

  /**
   * Begins to connect; on the event loop.
   *
   * @param original what answers are compared with, null for never
   */
  HttpConnection(
      IoEventLoop loop,
      InetSocketAddress server,
      @Nullable TlsEngines engines,
      Catalogue.Requests requests,
      @Nullable Original original,
      LoopBuffers buffers,
      Listener listener)
      throws IOException {
    this.requests = requests;
    this.original = original;
    this.buffers = buffers;
    this.listener = listener;
    wire = new Wire(loop, server, 0, this);
    transfer = engines == null ? new PlainTransfer(wire, buffers) : engines.over(wire, buffers);
  }

  @Override
  public void onConnected() {
    try {
      transfer.begin();
      tellReady();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void tellReady() {
    if (!ready && transfer.isReady()) {
      ready = true;
      listener.onReady(this);
    }
  }

  /** Asks for the next range; not while an answer is awaited. */
  void send(long dueNanos, boolean compare) {
    this.dueNanos = dueNanos;
    requests.next();
    int length = transfer.limit(requests.lengthBytes());
    long first = requests.first();
    long last = first + length - 1;
    // What is kept short is the only one of its connection that can be compared.
    boolean compared = compare || length < requests.lengthBytes();
    answer.await(first, length, compared ? original : null);
    ByteBuf request = buffers.request();
    requests.target().writeRequest(request, first, last);
    try {
      transfer.send(request, first, last);
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void onReadable() {
    if (closed) {
      return;
    }
    boolean awaited = answer.isAwaited();
    try {
      transfer.receive(answer);
    } catch (IOException | IllegalArgumentException e) {
      fail(e);
      return;
    }
    tellReady();
    if (awaited && !answer.isAwaited()) {
      if (answer.keepsAlive()) {
        listener.onAnswer(this, dueNanos, answer.lengthBytes(), answer.isCompared());
      } else {
        fail(new IOException("the server does not keep connections alive"));
      }
    }
  }

  @Override
  public void onRefused(IOException cause) {
    fail(cause);
  }

  private void fail(Exception cause) {
    if (!closed) {
      close();
      listener.onFailure(String.valueOf(cause.getMessage()));
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      wire.close();
      transfer.close();
      answer.close();
    }
  }
}
