package io.weir.origin.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.protocol.control.BearerToken;

/** Lets only requests with the node credential pass. */
final class CredentialGate implements HttpHandler {
  private final BearerToken credential;
  private final HttpHandler next;

  CredentialGate(BearerToken credential, HttpHandler next) {
    this.credential = credential;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (credential.matches(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
      next.handleRequest(exchange);
    } else {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      Answers.problem(exchange, 401, "Unauthorized", "the node credential is required");
    }
  }
}
