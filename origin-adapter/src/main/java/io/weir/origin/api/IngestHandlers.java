package io.weir.origin.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.weir.origin.ingest.Ingest;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.ingest.PutResult;
import io.weir.origin.spool.ContentKey;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/ingests/…}: what the control plane asks for. Blocking. */
final class IngestHandlers {
  /** Largest request body. */
  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final Duration QUEUE_RETRY_AFTER = Duration.ofSeconds(30);

  private final Ingests ingests;

  IngestHandlers(Ingests ingests) {
    this.ingests = ingests;
  }

  void put(HttpServerExchange exchange) throws IOException {
    Optional<ContentKey> key = ContentPath.content(exchange);
    if (key.isEmpty()) {
      Answers.problem(exchange, 400, "Bad request", "no content id and version in the path");
      return;
    }
    IngestRequest request = request(exchange);
    if (request == null) {
      return;
    }
    PutResult result = ingests.put(key.get(), request);
    if (result instanceof PutResult.Known known) {
      boolean going =
          known.status().state() == State.QUEUED || known.status().state() == State.HASHING;
      Answers.json(exchange, going ? 202 : 200, known.status());
    } else if (result instanceof PutResult.Conflict) {
      Answers.problem(
          exchange, 409, "Conflict", "this version has another origin or name already");
    } else if (result instanceof PutResult.Invalid invalid) {
      Answers.problem(exchange, 400, "Bad request", invalid.reason());
    } else {
      Answers.busy(exchange, QUEUE_RETRY_AFTER, "too many ingests are queued");
    }
  }

  /** The body, or null where the request has been answered for what is wrong with it. */
  private static @Nullable IngestRequest request(HttpServerExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length <= MAX_BODY_BYTES) {
        IngestRequest request = Json.MAPPER.readValue(body, IngestRequest.class);
        if (request != null) {
          return request;
        }
        Answers.problem(exchange, 400, "Bad request", "the body must be an object");
        return null;
      }
      Answers.problem(exchange, 413, "Too large", "at most " + MAX_BODY_BYTES + " bytes");
    } catch (RequestTooBigException e) {
      Answers.problem(exchange, 413, "Too large", "at most " + MAX_BODY_BYTES + " bytes");
    } catch (JsonProcessingException e) {
      Answers.problem(exchange, 400, "Bad request", "body: " + fault(e));
    }
    return null;
  }

  /** The record names a missing field by a NullPointerException that Jackson wraps. */
  private static String fault(JsonProcessingException e) {
    return e.getCause() instanceof NullPointerException missing
        ? missing.getMessage() + " is required"
        : e.getOriginalMessage();
  }

  void get(HttpServerExchange exchange, Ingest ingest) throws IOException {
    Answers.json(exchange, 200, ingest.status());
  }

  void metainfo(HttpServerExchange exchange, Ingest ingest) throws IOException {
    Optional<byte[]> torrent = ingest.metainfo();
    if (torrent.isPresent()) {
      Answers.bytes(exchange, 200, "application/x-bittorrent", torrent.get());
    } else {
      notDone(exchange, ingest);
    }
  }

  void release(HttpServerExchange exchange, Ingest ingest) throws IOException {
    if (ingest.release()) {
      exchange.setStatusCode(204);
    } else {
      notDone(exchange, ingest);
    }
  }

  private static void notDone(HttpServerExchange exchange, Ingest ingest) throws IOException {
    Answers.problem(
        exchange, 409, "Not done", "the ingest is " + ingest.status().state() + ", not DONE");
  }

  void delete(HttpServerExchange exchange) throws IOException {
    Optional<ContentKey> key = ContentPath.content(exchange);
    if (key.isPresent()) {
      ingests.forget(key.get());
    }
    exchange.setStatusCode(204);
  }

  /** Answers for one ingest that is known. */
  @FunctionalInterface
  interface KnownIngestHandler {
    void handle(HttpServerExchange exchange, Ingest ingest) throws IOException;
  }

  HttpHandler known(KnownIngestHandler handler) {
    return exchange -> {
      Optional<Ingest> ingest = ContentPath.content(exchange).flatMap(ingests::find);
      if (ingest.isPresent()) {
        handler.handle(exchange, ingest.get());
      } else {
        Answers.problem(exchange, 404, "Not found", "no such ingest");
      }
    };
  }
}
