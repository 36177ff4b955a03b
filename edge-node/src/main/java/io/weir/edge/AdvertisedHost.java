package io.weir.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How others are told to reach a bound listener. */
final class AdvertisedHost {
  private static final Logger log = LoggerFactory.getLogger(AdvertisedHost.class);

  private final @Nullable String configured;

  /**
   * @param configured the host to name for every listener that others can reach; null for the
   *     address that each is bound to
   */
  AdvertisedHost(@Nullable String configured) {
    this.configured = configured;
  }

  /**
   * {@code host:port}, an IPv6 address in brackets. A listener bound to every address is named by
   * this machine's own, which may not be one that others can reach.
   *
   * @throws IOException if this machine cannot tell its own address
   */
  String authority(String listener, InetSocketAddress bound) throws IOException {
    return bracket(host(listener, bound.getAddress())) + ':' + bound.getPort();
  }

  private String host(String listener, InetAddress bound) throws IOException {
    if (configured != null) {
      return configured;
    }
    if (!bound.isAnyLocalAddress()) {
      return bound.getHostAddress();
    }
    try {
      String own = InetAddress.getLocalHost().getHostAddress();
      log.warn(
          "advertise is not set, a guess is told to others listener={} host={}", listener, own);
      return own;
    } catch (UnknownHostException e) {
      throw new IOException("advertise has to be set: this machine's name has no address", e);
    }
  }

  private static String bracket(String host) {
    return host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host;
  }
}
