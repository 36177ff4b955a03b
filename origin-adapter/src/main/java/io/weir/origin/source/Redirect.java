package io.weir.origin.source;

import java.net.URI;
import java.util.Locale;

/** Where an HTTP origin sends a reader to. Pure. */
final class Redirect {
  /** Followed for one request. */
  static final int MAX = 3;

  /** The URL that the Location names, which the allow-list still has to allow. */
  static URI target(URI from, String location) throws OriginException {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new OriginException(
          Fault.MALFORMED, "origin redirects to " + OriginException.quote(location), e);
    }
    String scheme = scheme(target);
    if (scheme.equals("file")) {
      throw new OriginException(Fault.REFUSED, "a redirect from HTTP to a file is refused");
    }
    if (scheme.equals("http") && scheme(from).equals("https")) {
      throw new OriginException(Fault.REFUSED, "a redirect from https to http is refused");
    }
    return target;
  }

  /** Whether both are at one server, so that what is shown to one may be shown to the other. */
  static boolean staysAtServer(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return scheme(url).equals("https") ? 443 : 80;
  }

  private Redirect() {}
}
