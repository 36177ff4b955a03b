package io.weir.loadtest.crowd.http;

import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that one request asks for.
 *
 * @param first offset of its first byte
 * @param last offset of its last byte, not before the first
 * @param totalBytes length of the whole file
 */
record ByteSpan(long first, long last, long totalBytes) {
  ByteSpan {
    if (first < 0 || last < first || totalBytes <= last) {
      throw new IllegalArgumentException(first + "-" + last + " of " + totalBytes + " bytes");
    }
  }

  /** The span from an offset on, at most this long. */
  static ByteSpan from(long offset, int maxBytes, long totalBytes) {
    return new ByteSpan(offset, Math.min(offset + maxBytes, totalBytes) - 1, totalBytes);
  }

  long lengthBytes() {
    return last - first + 1;
  }

  /** The value of the Range header. */
  String range() {
    return "bytes=" + first + "-" + last;
  }

  /** What is wrong with this answer's head, or null. */
  @Nullable String faultIn(int status, @Nullable String contentRange, long contentLength) {
    if (status != HttpURLConnection.HTTP_PARTIAL) {
      return "status " + status + " to " + range();
    }
    String expected = "bytes " + first + "-" + last + "/" + totalBytes;
    if (!expected.equals(contentRange)) {
      return "Content-Range " + contentRange + " instead of " + expected;
    }
    if (contentLength != lengthBytes()) {
      return "Content-Length " + contentLength + " to " + range();
    }
    return null;
  }
}
