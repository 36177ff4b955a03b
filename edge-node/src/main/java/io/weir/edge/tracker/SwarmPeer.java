package io.weir.edge.tracker;

import java.net.InetSocketAddress;

/**
 * One peer that a swarm remembers. Its address and swarm are fixed; the rest changes with each
 * announce, under the tracker's lock.
 */
final class SwarmPeer {
  final Swarm swarm;
  final InetSocketAddress address;
  boolean seeder;
  boolean completed;
  long lastAnnounceNanos;

  /** Where its pool holds it; the pool's alone. */
  int slot;

  SwarmPeer(Swarm swarm, InetSocketAddress address) {
    this.swarm = swarm;
    this.address = address;
  }
}
