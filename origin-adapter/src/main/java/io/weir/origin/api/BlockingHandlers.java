package io.weir.origin.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler that blocks off the I/O threads, for a bounded number of requests at once; the
 * next one is told to come back. There is no queue: who waits for a piece has to be counted as
 * waiting for it.
 */
final class BlockingHandlers implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(BlockingHandlers.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final HttpHandler next;
  private final Executor threads;
  private final Semaphore open;
  private final Runnable onRefused;

  BlockingHandlers(HttpHandler next, Executor threads, int maxOpen, Runnable onRefused) {
    this.next = next;
    this.threads = threads;
    this.open = new Semaphore(maxOpen);
    this.onRefused = onRefused;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!open.tryAcquire()) {
      onRefused.run();
      Answers.busy(exchange, RETRY_AFTER, "too many requests are open");
      return;
    }
    exchange.dispatch(threads, this::handleBlocking);
  }

  private void handleBlocking(HttpServerExchange exchange) throws Exception {
    try {
      exchange.startBlocking();
      next.handleRequest(exchange);
    } catch (IOException | RuntimeException e) {
      log.error("Request broke method={}", exchange.getRequestMethod(), e);
      if (exchange.isResponseStarted()) {
        exchange.getConnection().close();
      } else {
        Answers.problem(exchange, 500, "Internal error", "see the adapter's log");
      }
    } finally {
      open.release();
    }
  }
}
