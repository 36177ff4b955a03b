package io.weir.loadtest.crowd.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.EventLoop;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.HttpTrackerCodec;
import io.weir.protocol.tracker.TrackerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A tracker reached by HTTP (BEP 3, BEP 23). */
final class HttpTrackerClient implements TrackerClient {
  /** Bytes of an answer that are read; a longer one is cut, and then not understood. */
  static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final EventLoop loop;
  private final String announceUrl;
  private final HttpClient http;

  HttpTrackerClient(EventLoop loop, String announceUrl, HttpClient http) {
    this.loop = loop;
    this.announceUrl = announceUrl;
    this.http = http;
  }

  @Override
  public boolean udp() {
    return false;
  }

  @Override
  public CompletableFuture<AnnounceResponse> announce(AnnounceRequest request) {
    HttpRequest get =
        HttpRequest.newBuilder(URI.create(announceUrl + separator() + query(request)))
            .timeout(TIMEOUT)
            .build();
    return http.sendAsync(get, HttpResponse.BodyHandlers.ofInputStream())
        .thenApplyAsync(response -> read(response.body()))
        .handleAsync(
            (answer, failure) -> {
              if (answer == null) {
                throw new CompletionException(
                    new TrackerUnavailableException("no answer from " + announceUrl, failure));
              }
              return answer;
            },
            loop);
  }

  /** Holds no socket of its own. */
  @Override
  public void close() {}

  /** The announce as a query string; binary values percent-encoded byte by byte. */
  static String query(AnnounceRequest request) {
    StringBuilder query = new StringBuilder("info_hash=");
    percentEncode(request.infoHash().toBytes(), query);
    query.append("&peer_id=");
    percentEncode(request.peerId(), query);
    query.append("&port=").append(request.port());
    query.append("&uploaded=").append(request.uploadedBytes());
    query.append("&downloaded=").append(request.downloadedBytes());
    query.append("&left=").append(request.leftBytes());
    query.append("&key=").append(Integer.toHexString(request.key()));
    query.append("&compact=").append(request.compact() ? 1 : 0);
    if (request.numWant() >= 0) {
      query.append("&numwant=").append(request.numWant());
    }
    if (request.event() != Event.NONE) {
      query.append("&event=").append(request.event().name().toLowerCase(Locale.ROOT));
    }
    return query.toString();
  }

  private static void percentEncode(byte[] bytes, StringBuilder out) {
    for (char c : new String(bytes, ISO_8859_1).toCharArray()) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c));
      }
    }
  }

  private char separator() {
    return announceUrl.indexOf('?') < 0 ? '?' : '&';
  }

  private static AnnounceResponse read(InputStream body) {
    try (body) {
      return HttpTrackerCodec.decodeAnnounce(body.readNBytes(MAX_ANSWER_BYTES));
    } catch (IOException | TrackerException e) {
      throw new CompletionException(e);
    }
  }
}
