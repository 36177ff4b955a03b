package io.weir.protocol.config;

import java.net.URI;
import java.net.URISyntaxException;

/** The base URL of another process, as configured. */
public final class BaseUrl {
  /**
   * Checks its form; nothing is resolved.
   *
   * @throws IllegalArgumentException naming the key, if it is not {@code http} or {@code https}
   *     with a host, or has a query
   */
  public static void require(String key, String url) {
    if (!isBaseUrl(url)) {
      throw new IllegalArgumentException(key + ": must be http://host:port, not " + url);
    }
  }

  private static boolean isBaseUrl(String url) {
    try {
      URI uri = new URI(url);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return isHttp && uri.getHost() != null && uri.getRawQuery() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private BaseUrl() {}
}
