package io.weir.origin.api;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.weir.origin.fill.Fills;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.BearerToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.xnio.Options;

/** The listener: routes, limits and the credential. Listens from construction to close. */
public final class ApiServer implements AutoCloseable {
  /** Fills open at once; each may be waiting for an origin. */
  static final int MAX_OPEN_FILLS = 512;

  /** Ingest requests open at once. */
  static final int MAX_OPEN_INGEST_REQUESTS = 64;

  private static final int IO_THREADS = 2;
  private static final int REQUEST_HEAD_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 60_000;
  private static final int WRITE_STALL_MILLIS = 30_000;

  private final Undertow server;
  private final GracefulShutdownHandler admission;

  /**
   * Binds.
   *
   * @param credential asked for by the API, and by {@code /metrics} where others than this machine
   *     can reach it
   * @param threads runs what blocks, as many at once as the two bounds add up to; stays the
   *     caller's
   * @param scrape the metrics in Prometheus' text format
   */
  public ApiServer(
      ListenAddress listen,
      BearerToken credential,
      Ingests ingests,
      Fills fills,
      Executor threads,
      OriginMetrics metrics,
      Supplier<String> scrape)
      throws IOException {
    HttpHandler api = new CredentialGate(credential, api(ingests, fills, threads, metrics));
    admission =
        Handlers.gracefulShutdown(
            open(metrics(listen, credential, scrape)).setFallbackHandler(api));
    server =
        Undertow.builder()
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) IngestBody.MAX_BYTES)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_HEAD_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setSocketOption(Options.WRITE_TIMEOUT, WRITE_STALL_MILLIS)
            .addHttpListener(listen.port(), listen.host())
            .setHandler(admission)
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
  }

  private static HttpHandler metrics(
      ListenAddress listen, BearerToken credential, Supplier<String> scrape) {
    HttpHandler open = exchange -> text(exchange, "text/plain; version=0.0.4", scrape.get());
    return listen.isLoopback() ? open : new CredentialGate(credential, open);
  }

  private static RoutingHandler open(HttpHandler metrics) {
    return new RoutingHandler()
        .get("/healthz", exchange -> text(exchange, "text/plain", "ok\n"))
        .get("/readyz", exchange -> text(exchange, "text/plain", "ready\n"))
        .get("/metrics", metrics)
        .setInvalidMethodHandler(ApiServer::methodNotAllowed);
  }

  private static RoutingHandler api(
      Ingests ingests, Fills fills, Executor threads, OriginMetrics metrics) {
    IngestHandlers handlers = new IngestHandlers(ingests);
    String ingest = "/v1/ingests/" + ContentPath.CONTENT;
    RoutingHandler control =
        new RoutingHandler()
            .put(ingest, handlers::put)
            .get(ingest, handlers.known(handlers::get))
            .get(ingest + "/metainfo", handlers.known(handlers::metainfo))
            .post(ingest + "/release", handlers.known(handlers::release))
            .delete(ingest, handlers::delete)
            .get("/v1/changed", handlers::changed)
            .setInvalidMethodHandler(ApiServer::methodNotAllowed)
            .setFallbackHandler(ApiServer::notFound);
    return new RoutingHandler()
        .get(
            "/v1/pieces/" + ContentPath.PIECE,
            new BlockingHandlers(
                new PieceHandler(ingests, fills, metrics),
                threads,
                MAX_OPEN_FILLS,
                metrics::onFillRefused))
        .setInvalidMethodHandler(ApiServer::methodNotAllowed)
        .setFallbackHandler(
            new BlockingHandlers(control, threads, MAX_OPEN_INGEST_REQUESTS, () -> {}));
  }

  private static void text(HttpServerExchange exchange, String mediaType, String text) {
    Answers.bytes(exchange, 200, mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void methodNotAllowed(HttpServerExchange exchange) throws IOException {
    Answers.problem(exchange, 405, "Method not allowed", "not a method of this resource");
  }

  private static void notFound(HttpServerExchange exchange) throws IOException {
    Answers.problem(exchange, 404, "Not found", "no such resource");
  }

  /** Where it listens, port resolved. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
  }

  /** Refuses new requests with 503; completes when those under way are answered. */
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    admission.shutdown();
    admission.addShutdownListener(complete -> drained.complete(null));
    return drained;
  }

  @Override
  public void close() {
    server.stop();
  }
}
