package io.weir.origin.source;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which origins may be read. Pure: it looks nothing up, neither names nor files, so that whoever
 * does hands it the very address or path that is used next.
 */
public final class OriginAllowList {
  private final List<HostPattern> hosts;
  private final List<Path> roots;
  private final boolean privateAddresses;

  /**
   * Reads the patterns, which are matched without regard to case.
   *
   * @param hosts host names, literal addresses, or {@code *.example.org} for every name below
   * @param roots directories that files must lie in
   * @param privateAddresses whether a host may resolve to an address that is not public
   * @throws IllegalArgumentException if one is neither a host nor {@code *.} and a domain
   */
  public OriginAllowList(List<String> hosts, List<Path> roots, boolean privateAddresses) {
    this.hosts = hosts.stream().map(HostPattern::parse).toList();
    this.roots = List.copyOf(roots);
    this.privateAddresses = privateAddresses;
  }

  List<Path> roots() {
    return roots;
  }

  /** Why this URL must not be asked for, null if it may. Files are checked by their path too. */
  @Nullable String refusal(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> hostRefusal(url);
      case "file" -> url.getRawAuthority() == null ? null : "a file URL with a host is refused";
      default -> "scheme must be http, https or file";
    };
  }

  private @Nullable String hostRefusal(URI url) {
    if (url.getRawUserInfo() != null) {
      return "user information in an origin URL is refused";
    }
    if (url.getHost() == null) {
      return "origin URL without a host";
    }
    String host = HostPattern.normalise(url.getHost());
    if (HostPattern.isOddNumber(host)) {
      return "origin host "
          + OriginException.quote(host)
          + " is an address that is not written as four numbers";
    }
    return hosts.stream().anyMatch(pattern -> pattern.matches(host))
        ? null
        : "origin host " + OriginException.quote(host) + " is not on the allow-list";
  }

  /** Whether a connection may go there. */
  boolean allows(InetAddress address) {
    return privateAddresses || PublicAddress.isPublic(address);
  }

  /** Whether a file may be read; both the file's path and the roots' have their links resolved. */
  static boolean allows(Path realFile, List<Path> realRoots) {
    return realRoots.stream().anyMatch(root -> realFile.startsWith(root));
  }
}
