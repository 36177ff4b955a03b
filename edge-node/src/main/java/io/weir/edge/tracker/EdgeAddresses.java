package io.weir.edge.tracker;

import io.netty.util.NetUtil;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.tracker.CompactPeers;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The peer addresses of a content's edges, in their order of preference. An edge that advertises a
 * name instead of a literal address is left out: an answer never waits for DNS.
 *
 * @param edges what the addresses were read from
 * @param addresses resolved
 */
record EdgeAddresses(List<NodeEndpoints> edges, List<Edge> addresses) {
  /** Where an edge takes peers. */
  record Edge(long high, long low, int port, boolean ipv6) {
    private boolean is(Announce caller) {
      return high == caller.addressHigh && low == caller.addressLow && port == caller.port;
    }

    private void appendTo(CompactPeers peers) {
      if (ipv6) {
        peers.addIpv6(high, low, port);
      } else {
        peers.addIpv4((int) low, port);
      }
    }
  }

  static EdgeAddresses of(List<NodeEndpoints> edges) {
    return new EdgeAddresses(
        edges, edges.stream().map(e -> parse(e.peer())).filter(Objects::nonNull).toList());
  }

  /** These without others. */
  EdgeAddresses without(EdgeAddresses others) {
    return new EdgeAddresses(
        edges, addresses.stream().filter(a -> !others.addresses.contains(a)).toList());
  }

  /**
   * Appends up to {@code count}, those of the caller's family first, but never the caller.
   *
   * @return how many
   */
  int nearest(int count, Announce caller, CompactPeers out) {
    int named = name(count, caller.ipv6, caller, out);
    return caller.anyFamily ? named + name(count - named, !caller.ipv6, caller, out) : named;
  }

  private int name(int count, boolean ipv6, Announce caller, CompactPeers out) {
    int named = 0;
    for (int i = 0; i < addresses.size() && named < count; i++) {
      Edge edge = addresses.get(i);
      if (edge.ipv6 == ipv6 && !edge.is(caller)) {
        edge.appendTo(out);
        named++;
      }
    }
    return named;
  }

  private static @Nullable Edge parse(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    InetAddress host =
        NetUtil.createInetAddressFromIpAddressString(
            hostPort.substring(0, colon).replaceAll("^\\[|]$", ""));
    try {
      int port = Integer.parseInt(hostPort.substring(colon + 1));
      if (host == null || host.isAnyLocalAddress() || port < 1 || port > 0xffff) {
        return null;
      }
      byte[] bytes = host.getAddress();
      long high = PeerAddress.high(bytes);
      long low = PeerAddress.low(bytes);
      return new Edge(high, low, port, PeerAddress.isIpv6(high, low));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
