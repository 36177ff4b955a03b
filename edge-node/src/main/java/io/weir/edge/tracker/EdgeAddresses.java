package io.weir.edge.tracker;

import io.netty.util.NetUtil;
import io.weir.protocol.control.NodeEndpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The peer addresses of a content's edges, in their order of preference. An edge that advertises a
 * name instead of a literal address is left out: an answer never waits for DNS.
 *
 * @param edges what the addresses were read from
 * @param addresses resolved
 */
record EdgeAddresses(List<NodeEndpoints> edges, List<InetSocketAddress> addresses) {
  static EdgeAddresses of(List<NodeEndpoints> edges) {
    return new EdgeAddresses(
        edges, edges.stream().map(e -> parse(e.peer())).filter(Objects::nonNull).toList());
  }

  /**
   * Appends up to {@code count}, those of the caller's address family first, but the caller and
   * those that have withdrawn.
   */
  void nearest(
      int count,
      InetSocketAddress caller,
      List<InetSocketAddress> withdrawn,
      List<InetSocketAddress> out) {
    Class<?> family = caller.getAddress().getClass();
    Stream.concat(
            addresses.stream().filter(a -> a.getAddress().getClass() == family),
            addresses.stream().filter(a -> a.getAddress().getClass() != family))
        .filter(a -> !a.equals(caller) && !withdrawn.contains(a))
        .limit(count)
        .forEach(out::add);
  }

  private static @Nullable InetSocketAddress parse(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    InetAddress host =
        NetUtil.createInetAddressFromIpAddressString(
            hostPort.substring(0, colon).replaceAll("^\\[|]$", ""));
    try {
      int port = Integer.parseInt(hostPort.substring(colon + 1));
      return host == null || host.isAnyLocalAddress() || port < 1 || port > 0xffff
          ? null
          : new InetSocketAddress(host, port);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
