package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.weir.edge.tracker.Announce;
import io.weir.edge.tracker.Answer;
import io.weir.edge.tracker.Answer.Outcome;
import io.weir.edge.tracker.Tracker;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.HttpTrackerCodec;
import io.weir.protocol.tracker.ScrapeStats;
import io.weir.protocol.tracker.TrackerException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code GET /announce} (BEP 3, 7, 23) and {@code GET /scrape} (BEP 48) over the tracker's core.
 * What is refused is refused in the body, with status 200, as clients expect. Queries are read raw,
 * since decoding them as text would change an info-hash.
 */
final class TrackerHandler {
  private static final String MEDIA_TYPE = "text/plain";

  private final Tracker tracker;

  /** One for each I/O thread: an answer is encoded before its thread takes up the next announce. */
  private final ThreadLocal<Answer> answers = ThreadLocal.withInitial(Answer::new);

  TrackerHandler(Tracker tracker) {
    this.tracker = tracker;
  }

  void announce(HttpServerExchange exchange, String rawPath) {
    if (!exchange.getRequestMethod().toString().equals("GET")) {
      Answers.methodNotAllowed(exchange, "GET");
      return;
    }
    byte[] body;
    try {
      AnnounceRequest request = HttpTrackerCodec.parseAnnounce(exchange.getQueryString());
      Answer answer = answers.get();
      Outcome outcome =
          tracker.announce(
              Announce.byHttp(exchange.getSourceAddress().getAddress(), request), answer);
      body =
          outcome == Outcome.ANSWERED
              ? encode(answer, request)
              : HttpTrackerCodec.encodeFailure(outcome.reason());
    } catch (TrackerException e) {
      body = refusal(e);
    }
    Answers.body(exchange, MEDIA_TYPE, body);
  }

  void scrape(HttpServerExchange exchange, String rawPath) {
    if (!exchange.getRequestMethod().toString().equals("GET")) {
      Answers.methodNotAllowed(exchange, "GET");
      return;
    }
    byte[] body;
    try {
      Map<InfoHash, ScrapeStats> known = new LinkedHashMap<>();
      for (InfoHash infoHash : HttpTrackerCodec.parseScrape(exchange.getQueryString())) {
        ScrapeStats stats = tracker.scrape(infoHash);
        if (stats != null) {
          known.put(infoHash, stats);
        }
      }
      body = HttpTrackerCodec.encodeScrape(known);
    } catch (TrackerException e) {
      body = refusal(e);
    }
    Answers.body(exchange, MEDIA_TYPE, body);
  }

  private static byte[] refusal(TrackerException e) {
    String reason = e.getMessage();
    return HttpTrackerCodec.encodeFailure(reason == null ? "malformed request" : reason);
  }

  private static byte[] encode(Answer answer, AnnounceRequest request) {
    return HttpTrackerCodec.encodeAnnounce(
        answer.intervalSeconds(),
        answer.seeders(),
        answer.leechers(),
        answer.peers(),
        request.compact());
  }
}
