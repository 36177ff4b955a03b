package io.weir.origin.source;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that an operator names: one name, one literal address, or {@code *.example.org} for every
 * name below. Matched as text, without regard to case; nothing is looked up.
 */
final class HostPattern {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]+");

  /** What the WHATWG URL standard takes for an IPv4 address in whatever notation. */
  private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private final String text;

  private HostPattern(String text) {
    this.text = text;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is neither a host nor {@code *.} and a domain
   */
  static HostPattern parse(String pattern) {
    String text = normalise(pattern);
    String name = text.startsWith("*.") ? text.substring(2) : text;
    boolean literal = !text.startsWith("*.") && isLiteral(name);
    if (!literal && (!NAME.matcher(name).matches() || isOddNumber(name))) {
      throw new IllegalArgumentException("not a host or *.domain: " + pattern);
    }
    return new HostPattern(text);
  }

  /** Whether this host, normalised, is meant. */
  boolean matches(String host) {
    return text.startsWith("*.")
        ? host.length() > text.length() - 1 && host.endsWith(text.substring(1))
        : host.equals(text);
  }

  /**
   * Whether the host is a number that resolvers take for an IPv4 address although it is not written
   * as one: {@code 2130706433}, {@code 0x7f.1}, {@code 0177.0.0.1}.
   */
  static boolean isOddNumber(String host) {
    return ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches();
  }

  /** The host in lower case, an IPv6 address without its brackets. */
  static String normalise(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }

  private static boolean isLiteral(String host) {
    return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }
}
