package io.weir.loadtest.rig.http;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run against one object.
 *
 * @param url {@code http:} only
 * @param connections that send requests, 1 or more, each one at a time, kept alive
 * @param rangeBytes length of each range, 1 or more
 * @param spread where ranges begin
 * @param pace when they are sent
 * @param warmUp not measured
 * @param duration measured
 * @param original the object's bytes, against which every {@link #VERIFY_EVERY}th answer is
 *     compared; null for none
 * @param slowReaders further connections that ask for the whole object and read it slowly, 0 or
 *     more; only their failures count
 * @param slowBytesPerSecond how slowly
 * @param serverPid whose CPU time is measured, null for nobody's
 * @param seed of every random choice
 */
public record HttpLoadPlan(
    URI url,
    int connections,
    int rangeBytes,
    Spread spread,
    Pace pace,
    Duration warmUp,
    Duration duration,
    @Nullable Path original,
    int slowReaders,
    int slowBytesPerSecond,
    @Nullable Long serverPid,
    long seed) {
  /** One answer in so many is compared, byte for byte; the others are discarded unread. */
  public static final int VERIFY_EVERY = 100;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public HttpLoadPlan {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("url must be http://host[:port]/path, not " + url);
    }
    requirePositive("connections", connections);
    requirePositive("range", rangeBytes);
    requirePositive("duration", duration.toNanos());
    if (slowReaders < 0 || (slowReaders > 0 && slowBytesPerSecond < 1)) {
      throw new IllegalArgumentException("slow readers need a rate of 1 byte/s or more");
    }
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be more than 0");
    }
  }

  String host() {
    return url.getHost();
  }

  int port() {
    return url.getPort() < 0 ? 80 : url.getPort();
  }

  /** A GET of some bytes, or of all where the last is negative. */
  String request(long first, long last) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return "GET "
        + path
        + query
        + " HTTP/1.1\r\nHost: "
        + url.getRawAuthority()
        + (last < 0 ? "" : "\r\nRange: bytes=" + first + "-" + last)
        + "\r\n\r\n";
  }
}
