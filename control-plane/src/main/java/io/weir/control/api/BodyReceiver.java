package io.weir.control.api;

import io.undertow.io.Receiver.RequestToLargeException;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Receives request bodies whole, within their route's bound, the budget of all bodies and a
 * deadline, without blocking. Called on the exchange's I/O thread.
 */
final class BodyReceiver {
  /** How long a body may take; a connection whose body takes longer is closed. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(BodyReceiver.class);

  private final BodyBudget budget;
  private final Duration deadline;

  BodyReceiver(BodyBudget budget, Duration deadline) {
    this.budget = budget;
    this.deadline = deadline;
  }

  /** Hands on the body, or refuses the request. */
  void receive(
      HttpServerExchange exchange, int maxBytes, BiConsumer<HttpServerExchange, byte[]> next) {
    long told = exchange.getRequestContentLength();
    if (told > maxBytes) {
      refuse(exchange, tooLong(maxBytes));
      return;
    }
    long held = exchange.isRequestComplete() ? 0 : told >= 0 ? told : maxBytes;
    if (!budget.take(held)) {
      refuse(
          exchange,
          Fault.UNAVAILABLE
              .because("body: too many long ones are being received")
              .with("Retry-After", "1"));
      return;
    }
    exchange.addExchangeCompleteListener(
        (completed, others) -> {
          budget.give(held);
          others.proceed();
        });
    XnioExecutor.Key late =
        exchange
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(exchange.getConnection()),
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
    exchange.getRequestReceiver().setMaxBufferSize(maxBytes);
    exchange
        .getRequestReceiver()
        .receiveFullBytes(
            (received, body) -> {
              late.remove();
              next.accept(received, body);
            },
            (failed, fault) -> {
              late.remove();
              refuse(failed, refusal(fault, maxBytes));
            });
  }

  private static Outcome.Refusal refusal(IOException fault, int maxBytes) {
    log.debug("request body not received reason={}", fault.toString());
    return fault instanceof RequestToLargeException
        ? tooLong(maxBytes)
        : Fault.BAD_REQUEST.because("body: did not arrive whole");
  }

  private static Outcome.Refusal tooLong(int maxBytes) {
    return Fault.CONTENT_TOO_LARGE.because("body: must have at most " + maxBytes + " bytes");
  }

  private static void refuse(HttpServerExchange exchange, Outcome.Refusal refusal) {
    exchange.setPersistent(false); // what is left of the body is not read
    Responses.send(exchange, refusal);
  }
}
