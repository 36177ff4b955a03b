package io.weir.origin.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.origin.fill.FillException;
import io.weir.origin.fill.Fills;
import io.weir.origin.fill.PieceBytes;
import io.weir.origin.ingest.Ingest;
import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/pieces/…}: whole pieces of ingested contents, for edges. Blocking. */
final class PieceHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(PieceHandler.class);
  private static final String ORIGIN_CHANGED = "urn:weir:problem:origin-changed";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Ingests ingests;
  private final Fills fills;
  private final OriginMetrics metrics;

  PieceHandler(Ingests ingests, Fills fills, OriginMetrics metrics) {
    this.ingests = ingests;
    this.fills = fills;
    this.metrics = metrics;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    Optional<Ingest> ingest = ContentPath.content(exchange).flatMap(ingests::find);
    OptionalInt piece = ContentPath.piece(exchange);
    if (ingest.isEmpty() || piece.isEmpty()) {
      Answers.problem(exchange, 404, "Not found", "no such piece");
      return;
    }
    Optional<IngestedContent> content = ingest.get().content();
    if (content.isPresent()) {
      send(exchange, content.get(), piece.getAsInt());
    } else if (ingest.get().status().state() == State.FAILED) {
      Answers.problem(exchange, 404, "Not found", "the ingest failed");
    } else {
      Answers.busy(exchange, RETRY_AFTER, "the ingest is not done");
    }
  }

  private void send(HttpServerExchange exchange, IngestedContent content, int piece)
      throws IOException {
    try (PieceBytes bytes = fills.piece(content, piece)) {
      exchange.setStatusCode(200);
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
      exchange.setResponseContentLength(bytes.lengthBytes());
      write(exchange, content, bytes);
    } catch (FillException e) {
      log.debug("Fill refused content={} reason={}", content.key(), e.reason(), e);
      refuse(exchange, e);
    }
  }

  /** Too late for a status: what fails now has to look broken to the edge, not complete. */
  private void write(HttpServerExchange exchange, IngestedContent content, PieceBytes bytes)
      throws IOException {
    try {
      bytes.writeTo(exchange.getOutputStream());
      metrics.onServedBytes(bytes.lengthBytes());
    } catch (IOException e) {
      log.debug("Fill broken off content={} error={}", content.key(), e.toString());
      exchange.getConnection().close();
    }
  }

  private static void refuse(HttpServerExchange exchange, FillException e) throws IOException {
    String detail = String.valueOf(e.getMessage());
    switch (e.reason()) {
      case ORIGIN_FAILED -> Answers.problem(exchange, 502, "Origin failed", detail);
      case DEADLINE -> Answers.problem(exchange, 504, "Origin too slow", detail);
      case ORIGIN_CHANGED ->
          Answers.problem(exchange, new Problem(ORIGIN_CHANGED, "Origin changed", 409, detail));
      case BUSY -> Answers.busy(exchange, RETRY_AFTER, detail);
      case NO_SUCH_PIECE -> Answers.problem(exchange, 404, "Not found", detail);
      case ADAPTER_FAILED -> Answers.problem(exchange, 500, "Internal error", detail);
    }
  }
}
