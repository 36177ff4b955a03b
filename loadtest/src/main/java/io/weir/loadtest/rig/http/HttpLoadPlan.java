package io.weir.loadtest.rig.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run against one server.
 *
 * @param urls of its objects, 1 to {@link #MAX_URLS}, {@code http:} or {@code https:}
 * @param demand what is asked for
 * @param warmUp not measured
 * @param duration measured
 * @param original the only object's bytes, against which every {@link #VERIFY_EVERY}th answer is
 *     compared; null for none
 * @param tls how {@code https:} is spoken
 * @param serverPid whose CPU time is measured, null for nobody's
 * @param seed of every random choice
 */
public record HttpLoadPlan(
    List<URI> urls,
    HttpDemand demand,
    Duration warmUp,
    Duration duration,
    @Nullable Path original,
    Tls tls,
    @Nullable Long serverPid,
    long seed) {
  /** One answer in so many is compared, byte for byte; the others are discarded unread. */
  public static final int VERIFY_EVERY = 100;

  /** Largest catalogue. */
  public static final int MAX_URLS = 10_000;

  /**
   * How TLS is spoken.
   *
   * @param insecure whether any certificate will do
   * @param discard whether, after each connection's first answer, records are counted and not
   *     decrypted, so that the generator is not what limits the run; TLS 1.3 and one object only
   */
  public record Tls(boolean insecure, boolean discard) {}

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public HttpLoadPlan {
    urls = List.copyOf(urls);
    if (urls.isEmpty() || urls.size() > MAX_URLS) {
      throw new IllegalArgumentException("urls: must be 1 to " + MAX_URLS);
    }
    URI first = urls.get(0);
    for (URI url : urls) {
      requireUrl(url);
      if (!url.getScheme().equals(first.getScheme())
          || !url.getRawAuthority().equals(first.getRawAuthority())) {
        throw new IllegalArgumentException(
            "urls: all must be one server's, not " + first + " and " + url);
      }
    }
    if (warmUp.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration: must be more than 0");
    }
    if (urls.size() > 1 && (original != null || tls.discard())) {
      throw new IllegalArgumentException(
          "urls: bytes are compared, and ciphertext discarded, for one url only");
    }
  }

  private static void requireUrl(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("url: must be http[s]://host[:port]/path, not " + url);
    }
    if (url.toASCIIString().length() > Target.MAX_URL_BYTES) {
      throw new IllegalArgumentException(
          "url: is longer than " + Target.MAX_URL_BYTES + " characters");
    }
  }

  boolean isTls() {
    return urls.get(0).getScheme().equals("https");
  }

  String host() {
    return urls.get(0).getHost();
  }

  int port() {
    int port = urls.get(0).getPort();
    return port >= 0 ? port : isTls() ? 443 : 80;
  }
}
