package io.weir.control.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where a publisher keeps the bytes of a content. Only its form is checked here: which origins may
 * be read at all is the origin adapter's decision.
 *
 * @param url an absolute {@code http:}, {@code https:} or {@code file:} URL, without user
 *     information and fragment, at most {@link #MAX_LENGTH} characters
 * @param isBase whether it is what the paths of several files are appended to: it ends with a slash
 *     then and has no query; else it is the one object's own
 */
public record Origin(URI url, boolean isBase) {
  /** Longest URL, in characters. */
  public static final int MAX_LENGTH = 2048;

  private static final Set<String> SCHEMES = Set.of("http", "https", "file");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public Origin {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    require(SCHEMES.contains(scheme), "must be an http:, https: or file: URL");
    require(url.toString().length() <= MAX_LENGTH, "must have at most 2048 characters");
    require(url.getRawFragment() == null, "must not have a fragment");
    require(url.getRawUserInfo() == null, "must not carry credentials");
    if (scheme.equals("file")) {
      require(url.getRawAuthority() == null, "must name a local file, as file:///path");
      require(url.getRawPath() != null && url.getRawPath().startsWith("/"), "must be absolute");
      require(url.getRawQuery() == null, "must not have a query");
    } else {
      require(url.getHost() != null && !url.getHost().isEmpty(), "must name a host");
    }
    if (isBase) {
      require(url.getRawQuery() == null, "must not have a query");
      require(url.getRawPath().endsWith("/"), "must end with a slash");
    }
  }

  /**
   * Reads the URL of one object.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Origin ofObject(String url) {
    return new Origin(parse(url), false);
  }

  /**
   * Reads the base URL of several objects.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Origin ofBase(String url) {
    return new Origin(parse(url), true);
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
