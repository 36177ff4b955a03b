package io.weir.protocol.tracker;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A tracker's answer.
 *
 * @param intervalSeconds when to announce again, 0 or more
 * @param seeders complete peers, 0 or more
 * @param leechers incomplete peers, 0 or more
 * @param peers IPv4 and IPv6 addresses, already resolved, best first
 */
public record AnnounceResponse(
    int intervalSeconds, int seeders, int leechers, List<InetSocketAddress> peers) {
  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException if a count is negative or a peer is not resolved
   */
  public AnnounceResponse {
    peers = List.copyOf(peers);
    if (intervalSeconds < 0 || seeders < 0 || leechers < 0) {
      throw new IllegalArgumentException(
          "negative interval or count: " + intervalSeconds + ", " + seeders + ", " + leechers);
    }
    for (InetSocketAddress peer : peers) {
      if (peer.isUnresolved()) {
        throw new IllegalArgumentException("peer is not resolved: " + peer);
      }
    }
  }
}
