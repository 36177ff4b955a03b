package io.weir.origin.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The head of an origin's answer, its body unread. Owned by whoever asked; closing it cuts the
 * connection unless the body was read to its end.
 *
 * @param url where it was found, redirects followed
 * @param credentialShown whether the request carried a credential
 */
record HttpAnswer(
    URI url, boolean credentialShown, HttpUriRequestBase request, ClassicHttpResponse response)
    implements Closeable {
  int status() {
    return response.getCode();
  }

  @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** Content-Length of a HEAD's or GET's answer, empty if not told. */
  Optional<Long> contentLength() {
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      return entity.getContentLength() < 0
          ? Optional.empty()
          : Optional.of(entity.getContentLength());
    }
    String header = header(HttpHeaders.CONTENT_LENGTH);
    return header != null && header.matches("\\d{1,18}")
        ? Optional.of(Long.parseLong(header))
        : Optional.empty();
  }

  /** The object that this answer is about. */
  OriginObject object(long lengthBytes) {
    return new OriginObject(
        url.toString(), lengthBytes, header(HttpHeaders.ETAG), header(HttpHeaders.LAST_MODIFIED));
  }

  /** An error of the origin itself, or a success that does not fit. */
  OriginException unexpectedStatus(Instant now) {
    int status = status();
    if (status == 401) {
      return new OriginException(
          Fault.REJECTED,
          credentialShown
              ? "origin answered 401: it does not accept the credential configured for its host"
              : "origin answered 401: it wants a credential and none is configured for its host");
    }
    boolean passing = status >= 500 || status == 408 || status == 429;
    @Nullable String retryAfter = header(HttpHeaders.RETRY_AFTER);
    return new OriginException(
        passing ? Fault.FAILED : Fault.REJECTED,
        "origin answered " + status,
        retryAfter == null ? null : RetryAfter.parse(retryAfter, now).orElse(null));
  }

  /** Cancelling first keeps the close from draining a body that nobody wants. */
  @Override
  public void close() {
    request.cancel();
    try {
      response.close();
    } catch (IOException e) {
      // The close trips over the connection that was just cut: that is what was wanted.
    }
  }
}
