package io.weir.origin.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Takes requests to ingest, which may be long, without letting many long ones into memory at once.
 * Any thread.
 */
final class IngestBody {
  /** Longest body: 50,000 long names, or a torrent of 10 MiB in Base64, in JSON. */
  static final int MAX_BYTES = 32 << 20;

  /** Longest body that waits for nobody. */
  static final int SHORT_BYTES = 64 << 10;

  /** Longer ones at once, from the first byte until the request is answered. */
  static final int LONG_AT_ONCE = 2;

  /** A body that is not there after this long never comes: its place is given to others. */
  static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** What a request that could be read leads to. */
  @FunctionalInterface
  interface Taker {
    void take(IngestRequest request) throws IOException;
  }

  private final Duration deadline;
  private final Semaphore longBodies = new Semaphore(LONG_AT_ONCE);

  /** Cuts the connection of a body that takes longer than the deadline. */
  IngestBody(Duration deadline) {
    this.deadline = deadline;
  }

  /** Reads the body and hands it on, or answers for what is wrong with it. */
  void take(HttpServerExchange exchange, Taker taker) throws IOException {
    long length = exchange.getRequestContentLength();
    if (length >= 0 && length <= SHORT_BYTES) {
      readAndTake(exchange, taker);
    } else if (longBodies.tryAcquire()) {
      try {
        readAndTake(exchange, taker);
      } finally {
        longBodies.release();
      }
    } else {
      Answers.busy(exchange, RETRY_AFTER, "too many long requests are being read");
    }
  }

  private void readAndTake(HttpServerExchange exchange, Taker taker) throws IOException {
    IngestRequest request;
    try {
      request =
          Json.MAPPER.readValue(
              new DeadlineBody(exchange.getRequestChannel(), deadline), IngestRequest.class);
    } catch (RequestTooBigException e) {
      tooLarge(exchange);
      return;
    } catch (SocketTimeoutException e) {
      // Nobody listens at the other end of a body that does not come.
      exchange.getConnection().close();
      return;
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof RequestTooBigException) {
        tooLarge(exchange);
      } else {
        Answers.problem(exchange, 400, "Bad request", "body: " + fault(e));
      }
      return;
    }
    if (request == null) {
      Answers.problem(exchange, 400, "Bad request", "the body must be an object");
      return;
    }
    taker.take(request);
  }

  private static void tooLarge(HttpServerExchange exchange) throws IOException {
    Answers.problem(exchange, 413, "Too large", "at most " + MAX_BYTES + " bytes");
  }

  /** The records name what is missing or wrong by exceptions that Jackson wraps. */
  private static String fault(JsonProcessingException e) {
    if (e.getCause() instanceof NullPointerException missing) {
      return missing.getMessage() + " is required";
    }
    return e.getCause() instanceof IllegalArgumentException wrong
        ? String.valueOf(wrong.getMessage())
        : e.getOriginalMessage();
  }
}
