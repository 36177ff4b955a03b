package io.weir.edge.tracker;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Peers of one kind, to draw from at random. Add, remove and each draw cost O(1). */
final class PeerPool {
  private final List<SwarmPeer> peers = new ArrayList<>(0);

  void add(SwarmPeer peer) {
    peer.slot = peers.size();
    peers.add(peer);
  }

  void remove(SwarmPeer peer) {
    SwarmPeer last = peers.remove(peers.size() - 1);
    if (last != peer) {
      put(peer.slot, last);
    }
  }

  int size() {
    return peers.size();
  }

  /** Appends up to {@code count} distinct peers' addresses, each as likely, but {@code except}. */
  void draw(
      int count,
      RandomGenerator random,
      @Nullable InetSocketAddress except,
      List<InetSocketAddress> drawn) {
    int left = count;
    // A shuffle of only as many slots as are drawn (Durstenfeld 1964), from the front.
    for (int i = 0; i < peers.size() && left > 0; i++) {
      int j = i + random.nextInt(peers.size() - i);
      SwarmPeer chosen = peers.get(j);
      put(j, peers.get(i));
      put(i, chosen);
      if (!chosen.address.equals(except)) {
        drawn.add(chosen.address);
        left--;
      }
    }
  }

  private void put(int slot, SwarmPeer peer) {
    peers.set(slot, peer);
    peer.slot = slot;
  }
}
