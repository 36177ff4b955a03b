package io.weir.loadtest.crowd.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A peer's connections: how many it takes, one to each remote, none to those that lied. Confined to
 * its peer's event loop.
 */
final class Connections {
  /** Connections open at a time, those still without a handshake included. */
  static final int MAX_CONNECTIONS = 40;

  /** Connections that this peer opens by itself. */
  static final int DIAL_TARGET = 8;

  /** Corrupt pieces that a remote may have had a share in before it is banned. */
  static final int MAX_STRIKES = 3;

  /** Remotes whose strikes are remembered; further ones are not blamed. */
  static final int MAX_SUSPECTS = 200;

  /**
   * Of two connections to one remote that are both younger than this, which happens when both sides
   * dial at once, the one that the lower peer id opened stays; otherwise the older one.
   */
  static final Duration YOUNG = Duration.ofSeconds(5);

  private final PeerId self;
  private final Set<PeerConnection> open = new LinkedHashSet<>();
  private final Map<PeerId, PeerConnection> ready = new HashMap<>();
  private final Map<PeerId, Integer> strikes = new HashMap<>();

  Connections(PeerId self) {
    this.self = self;
  }

  /** Adds a connection without a handshake; false if there are too many. */
  boolean add(PeerConnection connection) {
    return open.size() < MAX_CONNECTIONS && open.add(connection);
  }

  void remove(PeerConnection connection) {
    open.remove(connection);
    ready.values().remove(connection);
  }

  /** Takes in a remote that has introduced itself; false if its connection is to be closed. */
  boolean admit(PeerConnection connection, PeerId id, long nowNanos) {
    if (id.equals(self) || isBanned(id)) {
      return false;
    }
    PeerConnection other = ready.get(id);
    if (other != null) {
      boolean lowerOpened = connection.outbound() == (self.compareTo(id) < 0);
      boolean young = nowNanos - other.openedNanos() < YOUNG.toNanos();
      if (!young || !lowerOpened || other.outbound() == connection.outbound()) {
        return false;
      }
      other.retire();
    }
    ready.put(id, connection);
    return true;
  }

  /** Connections whose handshake is done, in no order; a copy. */
  List<PeerConnection> ready() {
    return new ArrayList<>(ready.values());
  }

  /** All connections; a copy. */
  List<PeerConnection> open() {
    return new ArrayList<>(open);
  }

  int openCount() {
    return open.size();
  }

  int outboundCount() {
    return (int) open.stream().filter(PeerConnection::outbound).count();
  }

  /**
   * Blames the remotes that a corrupt piece came from: one alone is banned at once, each of several
   * gets a strike. Returns the connections to close.
   */
  List<PeerConnection> blame(Collection<Remote> sources) {
    List<PeerConnection> liars = new ArrayList<>();
    ready.forEach(
        (id, connection) -> {
          boolean known = strikes.containsKey(id) || strikes.size() < MAX_SUSPECTS;
          if (known && sources.contains(connection.remote())) {
            int blame = sources.size() == 1 ? MAX_STRIKES : 1;
            if (strikes.merge(id, blame, Integer::sum) >= MAX_STRIKES) {
              liars.add(connection);
            }
          }
        });
    return liars;
  }

  private boolean isBanned(PeerId id) {
    return strikes.getOrDefault(id, 0) >= MAX_STRIKES;
  }
}
