package io.weir.edge.tracker;

import io.weir.edge.socket.SourcePrefix;
import io.weir.edge.swarm.Content;
import io.weir.protocol.metainfo.InfoHash;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one info-hash: by address in the order of their last announce, and in pools by
 * family and completeness to draw from. Guarded by the tracker's lock.
 */
final class Swarm {
  final InfoHash infoHash;
  private final LinkedHashMap<InetSocketAddress, SwarmPeer> byLastAnnounce = new LinkedHashMap<>();
  private final Map<SourcePrefix, Integer> portsByPrefix = new HashMap<>();
  private final Pools v4 = new Pools(new PeerPool(), new PeerPool());
  private final Pools v6 = new Pools(new PeerPool(), new PeerPool());
  private EdgeAddresses edges = EdgeAddresses.of(List.of());
  private int completed;

  private record Pools(PeerPool seeders, PeerPool leechers) {
    PeerPool of(SwarmPeer peer) {
      return peer.seeder ? seeders : leechers;
    }
  }

  Swarm(InfoHash infoHash) {
    this.infoHash = infoHash;
  }

  @Nullable SwarmPeer get(InetSocketAddress address) {
    return byLastAnnounce.get(address);
  }

  /** Remembers a peer that is not remembered yet. */
  SwarmPeer add(InetSocketAddress address, boolean seeder) {
    SwarmPeer peer = new SwarmPeer(this, address);
    peer.seeder = seeder;
    byLastAnnounce.put(address, peer);
    portsByPrefix.merge(SourcePrefix.of(address.getAddress()), 1, Integer::sum);
    poolOf(peer).add(peer);
    return peer;
  }

  /** Marks a remembered peer as just heard from. */
  void refresh(SwarmPeer peer, boolean seeder) {
    byLastAnnounce.remove(peer.address);
    byLastAnnounce.put(peer.address, peer);
    if (peer.seeder != seeder) {
      poolOf(peer).remove(peer);
      peer.seeder = seeder;
      poolOf(peer).add(peer);
    }
  }

  void remove(SwarmPeer peer) {
    byLastAnnounce.remove(peer.address);
    portsByPrefix.computeIfPresent(
        SourcePrefix.of(peer.address.getAddress()), (prefix, n) -> n == 1 ? null : n - 1);
    poolOf(peer).remove(peer);
  }

  /** The peer silent longest; there must be one. */
  SwarmPeer eldest() {
    return byLastAnnounce.values().iterator().next();
  }

  int portsBehind(InetAddress address) {
    return portsByPrefix.getOrDefault(SourcePrefix.of(address), 0);
  }

  void countCompletion(SwarmPeer peer) {
    if (!peer.completed) {
      peer.completed = true;
      completed++;
    }
  }

  /** The content's edges, resolved anew only when they have changed. */
  EdgeAddresses edgesOf(Content content) {
    if (!edges.edges().equals(content.edges())) {
      edges = EdgeAddresses.of(content.edges());
    }
    return edges;
  }

  int completed() {
    return completed;
  }

  int size() {
    return byLastAnnounce.size();
  }

  int seeders() {
    return v4.seeders.size() + v6.seeders.size();
  }

  int leechers() {
    return v4.leechers.size() + v6.leechers.size();
  }

  /**
   * Appends up to {@code count} peers at random, the caller's address family first, since a UDP
   * answer carries no other.
   */
  void draw(
      int count,
      InetSocketAddress caller,
      boolean wantsSeeders,
      RandomGenerator random,
      List<InetSocketAddress> drawn) {
    boolean v6Caller = caller.getAddress() instanceof Inet6Address;
    int full = drawn.size() + count;
    drawFamily(v6Caller ? v6 : v4, count, caller, wantsSeeders, random, drawn);
    drawFamily(v6Caller ? v4 : v6, full - drawn.size(), caller, wantsSeeders, random, drawn);
  }

  private static void drawFamily(
      Pools pools,
      int count,
      InetSocketAddress caller,
      boolean wantsSeeders,
      RandomGenerator random,
      List<InetSocketAddress> drawn) {
    int full = drawn.size() + count;
    if (wantsSeeders) {
      double seeders = pools.seeders.size();
      // Rounded up, so that the leechers' rest can be met even if one of them is the caller.
      int share = (int) Math.ceil(count * seeders / (seeders + pools.leechers.size()));
      pools.seeders.draw(share, random, caller, drawn);
    }
    pools.leechers.draw(full - drawn.size(), random, caller, drawn);
  }

  private PeerPool poolOf(SwarmPeer peer) {
    return (peer.address.getAddress() instanceof Inet6Address ? v6 : v4).of(peer);
  }
}
