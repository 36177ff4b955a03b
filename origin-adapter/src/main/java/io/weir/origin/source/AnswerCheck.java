package io.weir.origin.source;

import java.util.Locale;
import java.util.Objects;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Whether an answer's head is about the bytes and the version that were asked for. Pure. */
final class AnswerCheck {
  /** Which bytes of the object a 200's or 206's body is. */
  static ByteRange covered(HttpAnswer answer, OriginObject pinned, ByteRange asked)
      throws OriginException {
    requireIdentity(answer);
    ByteRange covered;
    if (answer.status() == 206) {
      ContentRange contentRange = contentRange(answer);
      requireSame(answer, pinned, contentRange.totalBytes());
      requireRange(answer, contentRange, asked);
      covered = asked;
    } else {
      requireSame(answer, pinned, answer.contentLength().orElse(pinned.lengthBytes()));
      covered = new ByteRange(0, pinned.lengthBytes());
    }
    requireLength(answer, covered);
    return covered;
  }

  /** The Content-Range of a 206, which must be about the range that was asked for. */
  static ContentRange contentRange(HttpAnswer answer, ByteRange asked) throws OriginException {
    ContentRange contentRange = contentRange(answer);
    requireRange(answer, contentRange, asked);
    return contentRange;
  }

  /** What a 416 to the first byte says: that there is none. */
  static long lengthOfNothing(HttpAnswer answer) throws OriginException {
    String header = text(answer, HttpHeaders.CONTENT_RANGE);
    if (!header.isEmpty() && !header.strip().equalsIgnoreCase("bytes */0")) {
      throw new OriginException(
          Fault.MALFORMED,
          "origin refuses its first byte with 416 although it has "
              + OriginException.quote(header));
    }
    return 0;
  }

  /** Refuses an encoded body: its bytes, length and ranges are not the object's. */
  static void requireIdentity(HttpAnswer answer) throws OriginException {
    @Nullable String encoding = answer.header(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new OriginException(
          Fault.MALFORMED,
          "origin encodes the content although asked not to: " + OriginException.quote(encoding));
    }
  }

  private static void requireSame(HttpAnswer answer, OriginObject pinned, long totalBytes)
      throws OriginException {
    if (totalBytes != pinned.lengthBytes()) {
      throw new OriginException(
          Fault.CHANGED, "origin changed: length " + totalBytes + ", was " + pinned.lengthBytes());
    }
    OriginObject found = answer.object(totalBytes);
    boolean sameValidator =
        pinned.etag() != null
            ? pinned.etag().equals(found.etag())
            : Objects.equals(pinned.lastModified(), found.lastModified());
    if (!sameValidator) {
      throw new OriginException(
          Fault.CHANGED, "origin changed: another ETag or Last-Modified than when it was hashed");
    }
  }

  private static void requireRange(HttpAnswer answer, ContentRange found, ByteRange asked)
      throws OriginException {
    if (!found.range().equals(asked)) {
      throw new OriginException(
          Fault.MALFORMED,
          "origin sent another range than asked: " + text(answer, HttpHeaders.CONTENT_RANGE));
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
    String type = text(answer, HttpHeaders.CONTENT_TYPE).toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/byteranges")) {
      throw new OriginException(
          Fault.MALFORMED, "origin answered one range with multipart/byteranges");
    }
    String header = text(answer, HttpHeaders.CONTENT_RANGE);
    return ContentRange.parse(header)
        .orElseThrow(
            () ->
                new OriginException(
                    Fault.MALFORMED,
                    "origin sent an unusable Content-Range: " + OriginException.quote(header)));
  }

  private static String text(HttpAnswer answer, String name) {
    String value = answer.header(name);
    return value == null ? "" : value;
  }

  private AnswerCheck() {}
}
