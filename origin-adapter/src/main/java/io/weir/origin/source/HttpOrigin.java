package io.weir.origin.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * HTTP(S) origins (RFC 9110): ranges, conditional on the validator that was pinned, and every
 * answer compared with what was asked.
 */
final class HttpOrigin implements Origin {
  private final HttpFetch fetch;
  private final Supplier<Instant> now;

  HttpOrigin(HttpFetch fetch, Supplier<Instant> now) {
    this.fetch = fetch;
    this.now = now;
  }

  /** HEAD, or a GET of the first byte where an origin or a signed URL allows only that. */
  @Override
  public OriginObject probe(URI url) throws OriginException {
    try (HttpAnswer answer = fetch.send("HEAD", url, Map.of())) {
      switch (answer.status()) {
        case 200 -> {
          AnswerCheck.requireIdentity(answer);
          Optional<Long> length = answer.contentLength();
          if (length.isPresent()) {
            return answer.object(length.get());
          }
        }
        case 206, 400, 403, 405, 501 -> {}
        default -> throw answer.unexpectedStatus(now.get());
      }
    }
    return probeByFirstByte(url);
  }

  private OriginObject probeByFirstByte(URI url) throws OriginException {
    try (HttpAnswer answer = fetch.send("GET", url, Map.of(HttpHeaders.RANGE, "bytes=0-0"))) {
      AnswerCheck.requireIdentity(answer);
      return switch (answer.status()) {
        case 206 ->
            answer.object(AnswerCheck.contentRange(answer, new ByteRange(0, 1)).totalBytes());
        case 200 ->
            answer.object(
                answer
                    .contentLength()
                    .orElseThrow(
                        () ->
                            new OriginException(Fault.UNSIZED, "origin does not tell the length")));
        case 416 -> answer.object(AnswerCheck.lengthOfNothing(answer));
        default -> throw answer.unexpectedStatus(now.get());
      };
    }
  }

  @Override
  public OriginBody open(URI url, OriginObject pinned, ByteRange range) throws OriginException {
    HttpAnswer answer = fetch.send("GET", url, conditions(pinned, range));
    try {
      requireRangeStatus(answer);
      ByteRange covered = AnswerCheck.covered(answer, pinned, range);
      InputStream bytes = fetch.body(answer);
      return new OriginBody(bytes, covered, endCheck(answer, bytes), answer);
    } catch (OriginException e) {
      answer.close();
      throw e;
    } catch (IOException e) {
      answer.close();
      throw new OriginException(Fault.UNREACHABLE, "connection to the origin was lost: " + e, e);
    }
  }

  private static Map<String, String> conditions(OriginObject pinned, ByteRange range) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(HttpHeaders.RANGE, "bytes=" + range.first() + "-" + (range.end() - 1));
    if (pinned.hasStrongEtag()) {
      headers.put(HttpHeaders.IF_MATCH, Objects.requireNonNull(pinned.etag()));
    }
    return headers;
  }

  private void requireRangeStatus(HttpAnswer answer) throws OriginException {
    switch (answer.status()) {
      case 200, 206 -> {}
      case 412, 416 ->
          throw new OriginException(
              Fault.CHANGED, "origin changed: it answered " + answer.status());
      default -> throw answer.unexpectedStatus(now.get());
    }
  }

  /** A body whose length was not told must end where the object does: a longer one is another. */
  private static OriginBody.EndCheck endCheck(HttpAnswer answer, InputStream bytes) {
    if (answer.contentLength().isPresent()) {
      return () -> {};
    }
    return () -> {
      if (bytes.read() >= 0) {
        throw answer.status() == 206
            ? new OriginException(Fault.MALFORMED, "origin sends more bytes than were asked")
            : new OriginException(
                Fault.CHANGED, "origin changed: it is longer than when it was hashed");
      }
    };
  }
}
