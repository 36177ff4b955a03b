package io.weir.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.tls.ServerTls;
import io.weir.edge.tracker.Tracker;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The HTTP side of the edge: content, torrents, announce and scrape, in plain and, if wanted, over
 * TLS. Bound first, so that its port can be advertised, and serving from {@link #start} on.
 */
public final class HttpServer implements AutoCloseable {
  private final HttpListener listener;
  private final HttpLimits limits;
  private final HttpMetrics metrics;
  private final SendBuffers sendBuffers;
  private final OpenRequests requests = new OpenRequests();

  private HttpServer(HttpListener listener, HttpLimits limits, MeterRegistry meters) {
    this.listener = listener;
    this.limits = limits;
    this.metrics = new HttpMetrics(meters);
    this.sendBuffers = new SendBuffers(limits.sendBuffers(), meters, System::nanoTime);
  }

  /**
   * Binds; connections wait until {@link #start}.
   *
   * @param ioThreads threads that share the connections, 1 or more
   * @throws IOException if the address cannot be bound
   */
  public static HttpServer bind(
      ListenAddress address, HttpLimits limits, int ioThreads, MeterRegistry meters)
      throws IOException {
    return new HttpServer(HttpListener.bind(address, limits, ioThreads), limits, meters);
  }

  /**
   * Binds a second address, where the same is answered over TLS; before {@link #start}.
   *
   * @param tls borrowed until {@link #close}
   * @return where it is bound, port resolved
   * @throws IOException if the address cannot be bound
   */
  public InetSocketAddress bindTls(ListenAddress address, ServerTls tls) throws IOException {
    return listener.bindTls(address, tls);
  }

  /** Where it answers in plain, port resolved. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /**
   * Starts to answer; once.
   *
   * @param self this edge, named first in torrents
   * @param random thread-safe, for multipart boundaries
   */
  public void start(
      Catalogue catalogue,
      PieceCache cache,
      Tracker tracker,
      NodeEndpoints self,
      RandomGenerator random) {
    TrackerHandler trackerHandler = new TrackerHandler(tracker);
    listener.serve(
        new Router(
            new CatalogueHandler<>(
                catalogue, new ContentHandler(cache, sendBuffers, metrics, random)),
            new CatalogueHandler<>(catalogue, new TorrentHandler(self)),
            trackerHandler::announce,
            trackerHandler::scrape,
            metrics,
            limits.requestTimeout(),
            requests));
  }

  /** Bytes of content sent in bodies since the start, whatever became of the requests. */
  public long contentBytesSent() {
    return metrics.contentBytesSent();
  }

  /** Has every connection end with the answer that it is sending or sends next. */
  public void closeAfterAnswers() {
    requests.makeLast();
  }

  /** Accepts no connection any more; completes when no request is being answered. */
  public CompletableFuture<Void> drain() {
    closeAfterAnswers();
    listener.stopAccepting();
    return requests.none();
  }

  /** Stops accepting, closes every connection, ends its threads. */
  @Override
  public void close() {
    listener.close();
  }
}
