package io.weir.protocol.tracker;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A tracker's answer.
 *
 * @param intervalSeconds when to announce again
 * @param seeders complete peers
 * @param leechers incomplete peers
 * @param peers IPv4 and IPv6 addresses, already resolved, best first
 */
public record AnnounceResponse(
    int intervalSeconds, int seeders, int leechers, List<InetSocketAddress> peers) {}
