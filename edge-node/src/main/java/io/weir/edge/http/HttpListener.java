package io.weir.edge.http;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.weir.edge.tls.ServerTls;
import io.weir.protocol.config.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A bound HTTP/1.1 listener, over TLS on a second port if wanted, with its I/O threads. Built from
 * Undertow's parts and not by its builder, which would answer as soon as it is bound.
 *
 * <p>Owns its threads and connections; {@link #close} ends both.
 */
final class HttpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BUFFERS_PER_THREAD = 16;
  private static final int TASK_THREADS = 8;
  private static final int MAX_REQUEST_BODY_BYTES = 16 * 1024;
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

  private final XnioWorker worker;
  private final HttpLimits limits;
  private final HttpOpenListener protocol;
  private final List<AcceptingChannel<? extends StreamConnection>> servers =
      new CopyOnWriteArrayList<>();
  private final AtomicBoolean accepting = new AtomicBoolean(true);
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpListener(XnioWorker worker, HttpLimits limits) {
    this.worker = worker;
    this.limits = limits;
    this.protocol =
        new HttpOpenListener(
            new DefaultByteBufferPool(true, BUFFER_BYTES, -1, BUFFERS_PER_THREAD),
            protocolOptions(limits));
  }

  /** Binds; connections wait in the backlog until {@link #serve}. */
  static HttpListener bind(ListenAddress address, HttpLimits limits, int ioThreads)
      throws IOException {
    XnioWorker worker =
        Xnio.getInstance(HttpListener.class.getClassLoader())
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, "weir-http")
                    .set(Options.WORKER_IO_THREADS, ioThreads)
                    .set(Options.WORKER_TASK_CORE_THREADS, TASK_THREADS)
                    .set(Options.WORKER_TASK_MAX_THREADS, TASK_THREADS)
                    .getMap());
    try {
      HttpListener listener = new HttpListener(worker, limits);
      listener.bind(address, listener.protocol);
      return listener;
    } catch (IOException e) {
      worker.shutdownNow();
      throw e;
    }
  }

  /** Binds a second address, for the same over TLS; before {@link #serve}. */
  InetSocketAddress bindTls(ListenAddress address, ServerTls tls) throws IOException {
    return bind(address, new TlsOpenListener(worker, protocol, limits.requestTimeout(), tls));
  }

  private InetSocketAddress bind(ListenAddress address, ChannelListener<StreamConnection> opened)
      throws IOException {
    ChannelListener<AcceptingChannel<StreamConnection>> accept =
        ChannelListeners.openListenerAdapter(opened);
    AcceptingChannel<StreamConnection> server =
        worker.createStreamConnectionServer(
            new InetSocketAddress(InetAddress.getByName(address.host()), address.port()),
            accept,
            socketOptions(limits));
    servers.add(server);
    return server.getLocalAddress(InetSocketAddress.class);
  }

  /** Where it was bound first, port resolved. */
  InetSocketAddress address() {
    return servers.get(0).getLocalAddress(InetSocketAddress.class);
  }

  /** Starts to answer; once. */
  void serve(HttpHandler root) {
    protocol.setRootHandler(root);
    servers.forEach(AcceptingChannel::resumeAccepts);
  }

  /** Frees the ports; what has been accepted goes on. */
  void stopAccepting() {
    // XNIO waits for good where a server is closed after its threads have ended.
    if (accepting.compareAndSet(true, false)) {
      for (AcceptingChannel<? extends StreamConnection> server : servers) {
        server.getAcceptSetter().set(null);
        server.suspendAccepts();
      }
      try {
        awaitIoThreads(); // one that accepts right now would log that the channel is closed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      servers.forEach(IoUtils::safeClose);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    stopAccepting();
    try {
      closeConnections();
      worker.shutdownNow();
      if (!worker.awaitTermination(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("http threads still busy at close deadlineMillis={}", CLOSE_DEADLINE.toMillis());
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes them while the threads still live: what an exchange does at its end is handed to them,
   * and they refuse it with a logged error once they are told to stop.
   */
  private void closeConnections() throws InterruptedException {
    awaitIoThreads(); // the last that were accepted are known after
    protocol.closeConnections();
    awaitIoThreads();
  }

  /** Waits until every I/O thread has done what it had to do so far. */
  private void awaitIoThreads() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(worker.getIoThreadCount());
    for (int thread = 0; thread < worker.getIoThreadCount(); thread++) {
      worker.getIoThread(thread).execute(reached::countDown);
    }
    if (!reached.await(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("http threads busy at close deadlineMillis={}", CLOSE_DEADLINE.toMillis());
    }
  }

  private static OptionMap socketOptions(HttpLimits limits) {
    return OptionMap.builder()
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.SEND_BUFFER, limits.sendBuffers().firstBytes())
        .set(Options.BACKLOG, limits.backlog())
        .set(Options.CONNECTION_HIGH_WATER, limits.connections())
        .set(Options.CONNECTION_LOW_WATER, limits.connections())
        // Undertow's own idle timeout is never armed for HTTP/1.1: a stalled client would stay.
        .set(Options.WRITE_TIMEOUT, (int) limits.stall().toMillis())
        .getMap();
  }

  private static OptionMap protocolOptions(HttpLimits limits) {
    return OptionMap.builder()
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
        .set(UndertowOptions.DECODE_URL, false)
        // What HTTP/1.1 means anyway (RFC 9112 §9.3); the router tells it to HTTP/1.0.
        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
        .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytes())
        .set(UndertowOptions.MAX_HEADERS, limits.headers())
        .set(UndertowOptions.MAX_ENTITY_SIZE, (long) MAX_REQUEST_BODY_BYTES)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) limits.requestTimeout().toMillis())
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) limits.keepAlive().toMillis())
        .getMap();
  }
}
