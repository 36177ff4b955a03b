package io.weir.origin.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * HTTP(S) origins (RFC 9110): ranges, conditional on the validator that was pinned, and every
 * answer compared with what was asked.
 */
final class HttpOrigin implements Origin {
  private final HttpFetch fetch;

  HttpOrigin(HttpFetch fetch) {
    this.fetch = fetch;
  }

  /** HEAD, or a GET of the first byte where an origin or a signed URL allows only that. */
  @Override
  public OriginObject probe(URI url) throws OriginException {
    try (HttpAnswer answer = fetch.send("HEAD", url, Map.of())) {
      Optional<Long> length = answer.contentLength();
      if (answer.status() == 200 && length.isPresent()) {
        return answer.object(length.get());
      }
    }
    return probeByFirstByte(url);
  }

  private OriginObject probeByFirstByte(URI url) throws OriginException {
    try (HttpAnswer answer = fetch.send("GET", url, Map.of(HttpHeaders.RANGE, "bytes=0-0"))) {
      return switch (answer.status()) {
        case 206 -> answer.object(contentRange(answer).totalBytes());
        case 200 ->
            answer.object(
                answer
                    .contentLength()
                    .orElseThrow(
                        () ->
                            new OriginException(Fault.UNSIZED, "origin does not tell the length")));
        case 416 -> answer.object(0);
        default -> throw answer.unexpectedStatus();
      };
    }
  }

  @Override
  public OriginBody open(URI url, OriginObject pinned, ByteRange range) throws OriginException {
    HttpAnswer answer = fetch.send("GET", url, conditions(pinned, range));
    try {
      ByteRange covered = covered(answer, pinned, range);
      HttpEntity entity = answer.response().getEntity();
      InputStream bytes = entity == null ? InputStream.nullInputStream() : entity.getContent();
      return new OriginBody(bytes, covered, answer);
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

  /** Which bytes of the object the answer's body is. */
  private static ByteRange covered(HttpAnswer answer, OriginObject pinned, ByteRange asked)
      throws OriginException {
    int status = answer.status();
    if (status == 412 || status == 416) {
      throw new OriginException(Fault.CHANGED, "origin changed: it answered " + status);
    }
    if (status != 200 && status != 206) {
      throw answer.unexpectedStatus();
    }
    requireIdentity(answer.header(HttpHeaders.CONTENT_ENCODING));
    ByteRange covered = asked;
    long total;
    if (status == 206) {
      ContentRange contentRange = contentRange(answer);
      total = contentRange.totalBytes();
      requireSame(answer, pinned, total);
      if (!contentRange.range().equals(asked)) {
        throw new OriginException(
            Fault.MALFORMED,
            "origin sent another range than asked: " + header(answer, HttpHeaders.CONTENT_RANGE));
      }
    } else {
      total = answer.contentLength().orElse(pinned.lengthBytes());
      requireSame(answer, pinned, total);
      covered = new ByteRange(0, total);
    }
    requireLength(answer, covered);
    return covered;
  }

  private static void requireIdentity(@Nullable String encoding) throws OriginException {
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new OriginException(
          Fault.MALFORMED,
          "origin encodes the content although asked not to: " + OriginException.quote(encoding));
    }
  }

  private static void requireSame(HttpAnswer answer, OriginObject pinned, long totalBytes)
      throws OriginException {
    OriginObject found = answer.object(totalBytes);
    if (totalBytes != pinned.lengthBytes()) {
      throw new OriginException(
          Fault.CHANGED, "origin changed: length " + totalBytes + ", was " + pinned.lengthBytes());
    }
    boolean sameValidator =
        pinned.etag() != null
            ? pinned.etag().equals(found.etag())
            : Objects.equals(pinned.lastModified(), found.lastModified());
    if (!sameValidator) {
      throw new OriginException(
          Fault.CHANGED, "origin changed: another ETag or Last-Modified than when it was hashed");
    }
  }

  private static void requireLength(HttpAnswer answer, ByteRange covered) throws OriginException {
    long sent = answer.contentLength().orElse(covered.lengthBytes());
    if (sent != covered.lengthBytes()) {
      throw new OriginException(
          Fault.MALFORMED,
          "origin sends " + sent + " bytes where " + covered.lengthBytes() + " were asked");
    }
  }

  private static ContentRange contentRange(HttpAnswer answer) throws OriginException {
    return ContentRange.parse(header(answer, HttpHeaders.CONTENT_RANGE))
        .orElseThrow(
            () ->
                new OriginException(
                    Fault.MALFORMED,
                    "origin sent an unusable Content-Range: "
                        + OriginException.quote(header(answer, HttpHeaders.CONTENT_RANGE))));
  }

  private static String header(HttpAnswer answer, String name) {
    String value = answer.header(name);
    return value == null ? "" : value;
  }
}
