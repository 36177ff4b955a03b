package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;

/** Answers the requests of one kind. Called on an I/O thread, so it never blocks. */
@FunctionalInterface
interface PathHandler {
  /**
   * Answers, now or later.
   *
   * @param rawPath the path as sent, not decoded
   */
  void handle(HttpServerExchange exchange, String rawPath);
}
