package io.weir.loadtest.rig.http;

import io.netty.channel.IoEventLoop;
import io.weir.loadtest.rig.Original;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens all connections of a run, evenly over its ramp, and closes them. On the event loop. */
final class Clients {
  private final HttpDemand demand;
  private final IoEventLoop loop;
  private final InetSocketAddress server;
  private final @Nullable TlsEngines engines;
  private final Catalogue catalogue;
  private final @Nullable Original original;
  private final LoopBuffers buffers;
  private final HttpConnection.Listener listener;
  private final List<Runnable> open = new ArrayList<>();
  private boolean closed;

  Clients(
      HttpDemand demand,
      IoEventLoop loop,
      InetSocketAddress server,
      @Nullable TlsEngines engines,
      Catalogue catalogue,
      @Nullable Original original,
      LoopBuffers buffers,
      HttpConnection.Listener listener) {
    this.demand = demand;
    this.loop = loop;
    this.server = server;
    this.engines = engines;
    this.catalogue = catalogue;
    this.original = original;
    this.buffers = buffers;
    this.listener = listener;
  }

  /** Opens the first, and plans the others. */
  void open() {
    int all = demand.connections() + demand.slowReaders();
    for (int i = 0; i < all; i++) {
      boolean slow = i >= demand.connections();
      long atNanos = demand.ramp().toNanos() / all * i;
      var unused =
          loop.schedule(slow ? this::openSlow : this::openFast, atNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void openFast() {
    connect(
        () ->
            new HttpConnection(
                    loop, server, engines, catalogue.requests(), original, buffers, listener)
                ::close);
  }

  private void openSlow() {
    connect(
        () -> {
          Catalogue.Requests requests = catalogue.requests();
          requests.next();
          return new SlowReader(
                  loop,
                  server,
                  engines,
                  requests.target(),
                  demand.slowBytesPerSecond(),
                  buffers,
                  listener)
              ::close;
        });
  }

  private interface Opening {
    Runnable open() throws IOException;
  }

  private void connect(Opening opening) {
    if (closed) {
      return;
    }
    try {
      open.add(opening.open());
    } catch (IOException e) {
      listener.onFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Closes every connection, and opens none that was planned. */
  void close() {
    closed = true;
    open.forEach(Runnable::run);
  }
}
