package io.weir.edge.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/**
 * The operator's listener: {@code /metrics} for Prometheus, {@code /healthz} that the process is
 * up, {@code /readyz} that it should be given traffic, {@code POST /drain} that it should not any
 * more.
 *
 * <p>Where others than this machine can reach it, {@code /metrics} and {@code /drain} ask for a
 * bearer token; health and readiness tell nothing worth one.
 */
public final class AdminServer implements AutoCloseable {
  /** What Prometheus scrapes. */
  private static final String EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String DRAIN = "/drain";
  private static final int CONNECTIONS = 100;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int IDLE_MILLIS = 30_000;

  private final Undertow undertow;

  private AdminServer(Undertow undertow) {
    this.undertow = undertow;
  }

  /**
   * Binds and answers until closed.
   *
   * @param token asked for where the address is not loopback
   * @param meters what {@code /metrics} shows
   * @param unready why the node is not ready, empty when it is; asked at every {@code /readyz}
   * @param degraded what it does without meanwhile, ready or not; asked as often
   * @param drain done at every {@code /drain}; must not block
   * @throws IOException if the address cannot be bound
   */
  public static AdminServer start(
      ListenAddress address,
      BearerToken token,
      PrometheusMeterRegistry meters,
      Supplier<List<String>> unready,
      Supplier<List<String>> degraded,
      Runnable drain)
      throws IOException {
    BearerToken guard = address.isLoopback() ? null : token;
    Undertow undertow =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, HEADER_BYTES)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) HEADER_BYTES)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, IDLE_MILLIS)
            .setSocketOption(Options.READ_TIMEOUT, IDLE_MILLIS)
            .setSocketOption(Options.WRITE_TIMEOUT, IDLE_MILLIS)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, CONNECTIONS)
            .setSocketOption(Options.CONNECTION_LOW_WATER, CONNECTIONS)
            .addHttpListener(
                address.port(),
                address.host(),
                exchange -> answer(exchange, guard, meters, unready, degraded, drain))
            .build();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      undertow.stop();
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
    return new AdminServer(undertow);
  }

  /** Where it is bound, port resolved. */
  public InetSocketAddress address() {
    return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
  }

  @Override
  public void close() {
    undertow.stop();
  }

  private static void answer(
      HttpServerExchange exchange,
      @Nullable BearerToken guard,
      PrometheusMeterRegistry meters,
      Supplier<List<String>> unready,
      Supplier<List<String>> degraded,
      Runnable drain) {
    String path = exchange.getRequestPath();
    if (!isAllowed(exchange, path)) {
      send(exchange, 405, "text/plain", "method not allowed\n");
      return;
    }
    switch (path) {
      case "/healthz" -> send(exchange, 200, "text/plain", "ok\n");
      case "/readyz" -> ready(exchange, unready.get(), degraded.get());
      case "/metrics" -> {
        if (isAuthorised(exchange, guard)) {
          exchange.dispatch(worker -> send(worker, 200, EXPOSITION_TYPE, meters.scrape()));
        }
      }
      case DRAIN -> {
        if (isAuthorised(exchange, guard)) {
          drain.run();
          send(exchange, 200, "text/plain", "draining\n");
        }
      }
      default -> send(exchange, 404, "text/plain", "not found\n");
    }
  }

  private static boolean isAllowed(HttpServerExchange exchange, String path) {
    HttpString method = exchange.getRequestMethod();
    boolean allowed =
        path.equals(DRAIN)
            ? method.equals(Methods.POST)
            : method.equals(Methods.GET) || method.equals(Methods.HEAD);
    if (!allowed) {
      exchange.getResponseHeaders().put(Headers.ALLOW, path.equals(DRAIN) ? "POST" : "GET, HEAD");
    }
    return allowed;
  }

  /** Answers 401 where it is not. */
  private static boolean isAuthorised(HttpServerExchange exchange, @Nullable BearerToken guard) {
    if (guard == null
        || guard.matches(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
      return true;
    }
    exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
    send(exchange, 401, "text/plain", "a bearer token is asked for\n");
    return false;
  }

  private static void ready(
      HttpServerExchange exchange, List<String> reasons, List<String> degraded) {
    Map<String, Object> body =
        Map.of("ready", reasons.isEmpty(), "reasons", reasons, "degraded", degraded);
    send(
        exchange,
        reasons.isEmpty() ? 200 : 503,
        "application/json",
        Json.MAPPER.valueToTree(body).toString());
  }

  private static void send(HttpServerExchange exchange, int status, String mediaType, String text) {
    exchange.setStatusCode(status).getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
    exchange.setResponseContentLength(text.getBytes(StandardCharsets.UTF_8).length);
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
    }
  }
}
