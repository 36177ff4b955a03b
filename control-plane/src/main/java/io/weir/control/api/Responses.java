package io.weir.control.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The one place where outcomes become HTTP; problems are RFC 9457's. */
final class Responses {
  private static final String JSON = "application/json";

  private Responses() {}

  /** Sends what is final; {@link Outcome.AwaitAssignment} is not. */
  static void send(HttpServerExchange exchange, Outcome outcome) {
    if (outcome instanceof Outcome.Document document) {
      if (document.etag() != null) {
        exchange.getResponseHeaders().put(Headers.ETAG, document.etag());
      }
      send(exchange, document.status(), JSON, json(document.body()));
    } else if (outcome instanceof Outcome.Bytes bytes) {
      if (bytes.fileName() != null) {
        exchange
            .getResponseHeaders()
            .put(
                Headers.CONTENT_DISPOSITION,
                "attachment; filename*=UTF-8''" + bytes.fileName()); // RFC 8187
      }
      send(exchange, 200, bytes.mediaType(), bytes.body());
    } else if (outcome instanceof Outcome.NotModified same) {
      exchange.getResponseHeaders().put(Headers.ETAG, same.etag());
      exchange.setStatusCode(304).endExchange();
    } else if (outcome instanceof Outcome.Nothing) {
      exchange.setStatusCode(204).endExchange();
    } else if (outcome instanceof Outcome.Refusal refusal) {
      refuse(exchange, refusal);
    } else {
      throw new IllegalStateException("not final: " + outcome);
    }
  }

  private static void refuse(HttpServerExchange exchange, Outcome.Refusal refusal) {
    if (refusal.header() != null) {
      exchange
          .getResponseHeaders()
          .put(new HttpString(refusal.header().name()), refusal.header().value());
    }
    Fault fault = refusal.fault();
    Problem problem = Problem.of(fault.status(), fault.title(), refusal.detail());
    send(exchange, fault.status(), Problem.MEDIA_TYPE, json(problem));
  }

  private static void send(HttpServerExchange exchange, int status, String mediaType, byte[] body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  private static byte[] json(Object body) {
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
