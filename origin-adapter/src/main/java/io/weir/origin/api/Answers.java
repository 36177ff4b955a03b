package io.weir.origin.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** How handlers answer. */
final class Answers {
  static void json(HttpServerExchange exchange, int status, Object body) throws IOException {
    bytes(exchange, status, "application/json", Json.MAPPER.writeValueAsBytes(body));
  }

  static void problem(HttpServerExchange exchange, int status, String title, String detail)
      throws IOException {
    problem(exchange, Problem.of(status, title, detail));
  }

  static void problem(HttpServerExchange exchange, Problem problem) throws IOException {
    bytes(exchange, problem.status(), Problem.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(problem));
  }

  /** 503, to be asked again. */
  static void busy(HttpServerExchange exchange, Duration retryAfter, String detail)
      throws IOException {
    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, retryAfter.toSeconds());
    problem(exchange, 503, "Busy", detail);
  }

  static void bytes(HttpServerExchange exchange, int status, String mediaType, byte[] body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  private Answers() {}
}
