package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests being answered, and whether each is to be its connection's last. Any thread. */
final class OpenRequests {
  private final AtomicInteger open = new AtomicInteger();
  private final CompletableFuture<Void> none = new CompletableFuture<>();
  private volatile boolean last;
  private volatile boolean awaited;

  void begin(HttpServerExchange exchange) {
    open.incrementAndGet();
    if (last) {
      exchange.setPersistent(false);
    }
  }

  void end() {
    if (open.decrementAndGet() == 0 && awaited) {
      none.complete(null);
    }
  }

  /** From now on every answer closes its connection ({@code Connection: close}). */
  void makeLast() {
    last = true;
  }

  /** Completes once there are none. */
  CompletableFuture<Void> none() {
    awaited = true;
    if (open.get() == 0) {
      none.complete(null);
    }
    return none;
  }
}
