package io.weir.control.api;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that may block on the database: few, because SQLite has one writer, with a bounded
 * queue before them. What finds the queue full is refused with 503.
 */
final class Workers implements AutoCloseable {
  static final int DEFAULT_THREADS = 8;
  static final int DEFAULT_MAX_QUEUED = 256;

  private final ThreadPoolExecutor pool;

  Workers(int threads, int maxQueued) {
    AtomicInteger count = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(maxQueued),
            work -> new Thread(work, "control-plane-api-" + count.incrementAndGet()));
  }

  /** Hands on an exchange from within a call of its handler. */
  void handOn(HttpServerExchange exchange, HttpHandler handler) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> run(exchange, handler));
  }

  /** Runs a handler for an exchange that is in no call. */
  void run(HttpServerExchange exchange, HttpHandler handler) {
    try {
      pool.execute(() -> Connectors.executeRootHandler(handler, exchange));
    } catch (RejectedExecutionException e) {
      Connectors.executeRootHandler(Workers::refuse, exchange);
    }
  }

  private static void refuse(HttpServerExchange exchange) {
    Responses.send(
        exchange, Fault.UNAVAILABLE.because("too many requests wait").with("Retry-After", "1"));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
