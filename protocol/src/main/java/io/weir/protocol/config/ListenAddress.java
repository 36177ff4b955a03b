package io.weir.protocol.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a listener binds, written {@code host:port} or {@code [v6]:port}; port 0 is any free port.
 *
 * @param host a literal address (IPv6 without brackets or scope) or a name that resolves to one of
 *     this machine's
 * @param port 0 to 65535
 */
public record ListenAddress(String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  /**
   * Validates, without asking any resolver.
   *
   * @throws IllegalArgumentException if host or port cannot be one
   */
  public ListenAddress {
    if (!isHost(host)) {
      throw new IllegalArgumentException("'" + host + "' is not a host name or address");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
  }

  /**
   * Reads {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what is wrong
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not host:port or [v6]:port");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (!host.contains(":")) {
        throw new IllegalArgumentException("'" + host + "' is not an IPv6 address");
      }
    } else if (host.contains(":")) {
      throw new IllegalArgumentException("an IPv6 address needs brackets: '" + text + "'");
    }
    return new ListenAddress(host, port);
  }

  /**
   * Whether only this machine can reach it: {@code localhost}, 127.0.0.0/8 or {@code ::1}. No other
   * name counts, whatever it resolves to.
   */
  public boolean isLoopback() {
    if (host.contains(":") || IPV4.matcher(host).matches()) {
      return literal(host).isLoopbackAddress();
    }
    return host.toLowerCase(Locale.ROOT).equals("localhost");
  }

  /** The text that {@link #parse} reads back. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean isHost(String host) {
    if (host.contains(":")) {
      try {
        return IPV6.matcher(host).matches() && !literal(host).getHostAddress().isEmpty();
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    // Only digits and dots: the old short forms such as 127.1 would be read differently elsewhere.
    return NUMBERS.matcher(host).matches()
        ? IPV4.matcher(host).matches()
        : NAME.matcher(host).matches();
  }

  /** The JDK asks no resolver for a text with a colon or of four numbers. */
  private static InetAddress literal(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + host + "' is not an address", e);
    }
  }
}
