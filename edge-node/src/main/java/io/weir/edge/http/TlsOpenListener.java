package io.weir.edge.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.weir.edge.tls.BatchingEngine;
import io.weir.edge.tls.ServerTls;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.ssl.SslConnection;

/**
 * Puts TLS between a connection and the protocol spoken over it. A client has as long for its
 * handshake as for a request; what of it takes long to compute is computed on a task thread. Any
 * thread.
 */
final class TlsOpenListener implements ChannelListener<StreamConnection> {
  private static final int SMALL_PER_THREAD = 16;
  private static final int LARGE_PER_THREAD = 4;

  /** Large buffers in use at once: one a thread, and those that wait for their client. */
  private static final int MAX_LARGE = 256;

  private final XnioWorker worker;
  private final ChannelListener<StreamConnection> protocol;
  private final Duration handshakeTimeout;
  private final SSLContext context;
  private final ByteBufferPool small =
      new DefaultByteBufferPool(true, RecordBuffers.SMALL_BYTES, -1, SMALL_PER_THREAD);
  private final ByteBufferPool large =
      new DefaultByteBufferPool(true, RecordBuffers.LARGE_BYTES, MAX_LARGE, LARGE_PER_THREAD);
  private final Semaphore largeLeft = new Semaphore(MAX_LARGE);

  TlsOpenListener(
      XnioWorker worker,
      ChannelListener<StreamConnection> protocol,
      Duration handshakeTimeout,
      ServerTls tls) {
    this.worker = worker;
    this.protocol = protocol;
    this.handshakeTimeout = handshakeTimeout;
    this.context = tls.context();
  }

  @Override
  public void handleEvent(StreamConnection plain) {
    RecordBuffers buffers = new RecordBuffers(small, large, largeLeft, System::nanoTime);
    SslConnection encrypted =
        new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, buffers, context, this::compute)
            .wrapExistingConnection(plain, OptionMap.EMPTY, false);
    BatchingEngine engine = (BatchingEngine) UndertowXnioSsl.getSslEngine(encrypted);
    plain.getCloseSetter().set(closed -> engine.close());
    XnioExecutor.Key deadline =
        plain
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(encrypted),
                handshakeTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
    encrypted.getHandshakeSetter().set(done -> deadline.remove());
    protocol.handleEvent(encrypted);
  }

  /** Not the worker itself: given that, Undertow computes on the I/O thread. */
  private void compute(Runnable task) {
    worker.execute(task);
  }
}
