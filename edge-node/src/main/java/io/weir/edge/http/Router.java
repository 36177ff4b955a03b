package io.weir.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/**
 * The root handler: refuses what no request here may be, hands over by path, counts answers. That
 * there is one Host, and a good one, Undertow has seen to (RFC 9112 §3.2).
 */
final class Router implements HttpHandler {
  private final Map<RequestKind, PathHandler> handlers = new EnumMap<>(RequestKind.class);
  private final HttpMetrics metrics;
  private final Duration requestTimeout;
  private final OpenRequests requests;

  Router(
      PathHandler content,
      PathHandler torrent,
      PathHandler announce,
      PathHandler scrape,
      HttpMetrics metrics,
      Duration requestTimeout,
      OpenRequests requests) {
    handlers.put(RequestKind.CONTENT, content);
    handlers.put(RequestKind.TORRENT, torrent);
    handlers.put(RequestKind.ANNOUNCE, announce);
    handlers.put(RequestKind.SCRAPE, scrape);
    handlers.put(RequestKind.OTHER, (exchange, path) -> Answers.notFound(exchange));
    this.metrics = metrics;
    this.requestTimeout = requestTimeout;
    this.requests = requests;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    requests.begin(exchange);
    if (exchange.isHttp10() && exchange.isPersistent()) {
      exchange.getResponseHeaders().put(Headers.CONNECTION, "keep-alive");
    }
    String rawPath = rawPath(exchange);
    RequestKind kind = RequestKind.of(rawPath);
    exchange.addExchangeCompleteListener(
        (answered, next) -> {
          metrics.onAnswered(kind, answered.getStatusCode());
          requests.end();
          next.proceed();
        });
    if (!exchange.isRequestComplete()) {
      refuseBody(exchange);
    } else {
      Objects.requireNonNull(handlers.get(kind)).handle(exchange, rawPath);
    }
  }

  /**
   * No request here has a body (RFC 9110 §9.3.1 warns of GET with one). Undertow answers once it
   * has read the body to its end, for which it would wait for ever.
   */
  private void refuseBody(HttpServerExchange exchange) {
    var unused =
        exchange
            .getIoThread()
            .executeAfter(
                () -> {
                  if (!exchange.isComplete()) {
                    IoUtils.safeClose(exchange.getConnection());
                  }
                },
                requestTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
    exchange.setPersistent(false);
    Answers.text(exchange, 400, "no body is taken");
  }

  /** The path without scheme and authority, for a request line in absolute form (RFC 9112 §3.2). */
  private static String rawPath(HttpServerExchange exchange) {
    String uri = exchange.getRequestURI();
    if (!exchange.isHostIncludedInRequestURI()) {
      return uri;
    }
    int authority = uri.indexOf("//");
    int path = authority < 0 ? -1 : uri.indexOf('/', authority + 2);
    return path < 0 ? "/" : uri.substring(path);
  }
}
