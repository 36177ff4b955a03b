package io.weir.origin.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.weir.origin.ingest.Ingest;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.ingest.PutResult;
import io.weir.origin.spool.ContentKey;
import io.weir.protocol.control.IngestStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** {@code /v1/ingests/…}: what the control plane asks for. Blocking. */
final class IngestHandlers {
  private static final Duration QUEUE_RETRY_AFTER = Duration.ofSeconds(30);

  private final Ingests ingests;
  private final IngestBody bodies = new IngestBody(IngestBody.DEADLINE);

  IngestHandlers(Ingests ingests) {
    this.ingests = ingests;
  }

  void put(HttpServerExchange exchange) throws IOException {
    Optional<ContentKey> key = ContentPath.content(exchange);
    if (key.isEmpty()) {
      Answers.problem(exchange, 400, "Bad request", "no content id and version in the path");
      return;
    }
    bodies.take(exchange, request -> answer(exchange, ingests.put(key.get(), request)));
  }

  private static void answer(HttpServerExchange exchange, PutResult result) throws IOException {
    if (result instanceof PutResult.Known known) {
      boolean going =
          known.status().state() == State.QUEUED || known.status().state() == State.HASHING;
      Answers.json(exchange, going ? 202 : 200, known.status());
    } else if (result instanceof PutResult.Conflict) {
      Answers.problem(exchange, 409, "Conflict", "this version has another origin or name already");
    } else if (result instanceof PutResult.Invalid invalid) {
      Answers.problem(exchange, 400, "Bad request", invalid.reason());
    } else {
      Answers.busy(exchange, QUEUE_RETRY_AFTER, "too many ingests are queued");
    }
  }

  void changed(HttpServerExchange exchange) throws IOException {
    Answers.json(exchange, 200, ingests.changed());
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
