package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whole answers that are not content: errors in a line of plain text, preflights, small bodies. */
final class Answers {
  /** Seconds after which a client may ask again for what is being ingested or filled. */
  private static final int RETRY_AFTER_SECONDS = 2;

  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");

  /** Lets scripts of any site read the answer, as players of published content must. */
  static void allowAnyOrigin(HttpServerExchange exchange) {
    exchange
        .getResponseHeaders()
        .put(ALLOW_ORIGIN, "*")
        .put(EXPOSE_HEADERS, "Accept-Ranges, Content-Length, Content-Range, ETag");
  }

  static void preflight(HttpServerExchange exchange) {
    exchange
        .setStatusCode(204)
        .getResponseHeaders()
        .put(ALLOW_METHODS, "GET, HEAD, OPTIONS")
        .put(ALLOW_HEADERS, "Range, If-Range, If-Match, If-None-Match")
        .put(MAX_AGE, "86400")
        .put(Headers.ALLOW, "GET, HEAD, OPTIONS");
    exchange.endExchange();
  }

  static void methodNotAllowed(HttpServerExchange exchange, String allowed) {
    exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
    text(exchange, 405, "method not allowed");
  }

  static void notFound(HttpServerExchange exchange) {
    text(exchange, 404, "not found");
  }

  static void retryLater(HttpServerExchange exchange, String reason) {
    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
    text(exchange, 503, reason);
  }

  static void text(HttpServerExchange exchange, int status, String line) {
    exchange.setStatusCode(status);
    body(exchange, "text/plain; charset=utf-8", (line + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /** Sends this body with its length, or for HEAD only the length. */
  static void body(HttpServerExchange exchange, String mediaType, byte[] bytes) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
    exchange.setResponseContentLength(bytes.length);
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
    }
  }

  private Answers() {}
}
