package io.weir.origin.source;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/** What an exception of the HTTP client says about the origin. */
final class HttpFaults {
  /** Of an exchange that got no head. */
  static OriginException ofHead(IOException e, ReadBounds bounds) {
    if (e instanceof AddressRefusedException) {
      return new OriginException(Fault.REFUSED, String.valueOf(e.getMessage()), e);
    } else if (e instanceof UnknownHostException) {
      return new OriginException(Fault.UNREACHABLE, "origin host has no address: " + e, e);
    } else if (e instanceof ConnectionRequestTimeoutException) {
      return new OriginException(
          Fault.TIMEOUT,
          "none of the %d connections to the origin's host became free within %d s"
              .formatted(bounds.connectionsPerHost(), bounds.stall().toSeconds()),
          e);
    } else if (e instanceof ConnectTimeoutException) {
      return new OriginException(Fault.TIMEOUT, "origin did not accept a connection in time", e);
    } else if (e instanceof SocketTimeoutException) {
      return new OriginException(Fault.TIMEOUT, "origin did not answer in time", e);
    } else if (isCertificateRefused(e)) {
      return new OriginException(
          Fault.REFUSED, "origin's certificate does not prove its name: " + cut(e.getMessage()), e);
    } else if (e instanceof ClientProtocolException || e instanceof MessageConstraintException) {
      return new OriginException(
          Fault.MALFORMED,
          "origin's answer is not HTTP, or has too large a head: " + cut(reason(e)),
          e);
    }
    return new OriginException(
        Fault.UNREACHABLE, "no answer from the origin: " + cut(e.toString()), e);
  }

  /** Of a body that did not end as it should. */
  static OriginException ofBody(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return new OriginException(Fault.TIMEOUT, "origin stalled within the body", e);
    }
    boolean malformed =
        e instanceof MessageConstraintException
            || (e instanceof MalformedChunkCodingException
                && !(e instanceof TruncatedChunkException));
    return malformed
        ? new OriginException(
            Fault.MALFORMED, "origin's body is not what HTTP allows: " + cut(e.getMessage()), e)
        : new OriginException(Fault.SHORT, "origin broke off: " + cut(e.getMessage()), e);
  }

  private static boolean isCertificateRefused(IOException e) {
    if (e instanceof SSLPeerUnverifiedException) {
      return true;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String reason(IOException e) {
    Throwable cause = e.getCause();
    return cause == null ? e.getMessage() : cause.getMessage();
  }

  /** The client's messages may quote the origin. */
  private static String cut(@Nullable String message) {
    return OriginException.quote(String.valueOf(message));
  }

  private HttpFaults() {}
}
