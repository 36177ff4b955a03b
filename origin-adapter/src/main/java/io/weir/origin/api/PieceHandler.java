package io.weir.origin.api;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.origin.fill.FillException;
import io.weir.origin.fill.FillRead;
import io.weir.origin.fill.Fills;
import io.weir.origin.ingest.Ingest;
import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.source.ByteRange;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/fill/…}: ranges of ingested contents, for edges. Blocking. */
final class FillHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(FillHandler.class);

  /** A content is one file. */
  private static final String ONLY_FILE = "0";

  private static final String ORIGIN_CHANGED = "urn:weir:problem:origin-changed";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Ingests ingests;
  private final Fills fills;

  FillHandler(Ingests ingests, Fills fills) {
    this.ingests = ingests;
    this.fills = fills;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    Optional<Ingest> ingest = ContentPath.content(exchange).flatMap(ingests::find);
    if (ingest.isEmpty() || !ContentPath.file(exchange).equals(ONLY_FILE)) {
      Answers.problem(exchange, 404, "Not found", "no such file");
      return;
    }
    Optional<IngestedContent> content = ingest.get().content();
    if (content.isPresent()) {
      answer(exchange, content.get());
    } else if (ingest.get().status().state() == State.FAILED) {
      Answers.problem(exchange, 404, "Not found", "the ingest failed");
    } else {
      Answers.busy(exchange, RETRY_AFTER, "the ingest is not done");
    }
  }

  private void answer(HttpServerExchange exchange, IngestedContent content) throws IOException {
    String header = exchange.getRequestHeaders().getFirst(Headers.RANGE);
    RequestedRange range = RequestedRange.parse(header, content.lengthBytes());
    if (range instanceof RequestedRange.Satisfiable satisfiable) {
      send(exchange, content, satisfiable.bytes());
    } else if (range instanceof RequestedRange.Outside) {
      exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, "bytes */" + content.lengthBytes());
      Answers.problem(exchange, 416, "Range not satisfiable", "the range begins beyond the file");
    } else {
      Answers.problem(exchange, 400, "Bad request", "one Range: bytes=first-last is required");
    }
  }

  private void send(HttpServerExchange exchange, IngestedContent content, ByteRange range)
      throws IOException {
    try (FillRead read = fills.open(content, range)) {
      exchange.setStatusCode(206);
      exchange
          .getResponseHeaders()
          .put(Headers.CONTENT_TYPE, "application/octet-stream")
          .put(
              Headers.CONTENT_RANGE,
              "bytes " + range.first() + "-" + (range.end() - 1) + "/" + content.lengthBytes());
      exchange.setResponseContentLength(range.lengthBytes());
      write(exchange, content, read);
    } catch (FillException e) {
      log.debug("Fill refused content={} reason={}", content.key(), e.reason(), e);
      refuse(exchange, e);
    }
  }

  /** Too late for a status: what fails now has to look broken to the edge, not complete. */
  private static void write(HttpServerExchange exchange, IngestedContent content, FillRead read)
      throws IOException {
    try {
      read.writeTo(exchange.getOutputStream());
    } catch (FillException | IOException e) {
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
      case ADAPTER_FAILED -> Answers.problem(exchange, 500, "Internal error", detail);
    }
  }
}
