package io.weir.edge.tracker;

import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The swarms of what is registered, and of what no longer is while they have peers. Follows the
 * catalogue when it is asked to. Guarded by the tracker's lock.
 */
final class Swarms {
  private final PeerTable peers;
  private final Map<InfoHash, Swarm> bySwarmHash = new HashMap<>();
  private final List<@Nullable Swarm> byNumber = new ArrayList<>();
  private final Deque<Integer> freeNumbers = new ArrayDeque<>();
  private CatalogueSnapshot followed = CatalogueSnapshot.empty();
  private SwarmIndex registered = new SwarmIndex(Map.of());

  Swarms(PeerTable peers) {
    this.peers = peers;
  }

  /** A registered swarm. */
  @Nullable Swarm find(long hashHigh, long hashMiddle, int hashLow) {
    return registered.find(hashHigh, hashMiddle, hashLow);
  }

  /** The swarm that a remembered peer is in. */
  Swarm ofPeer(int peer) {
    return Objects.requireNonNull(byNumber.get(peers.swarm(peer)));
  }

  int size() {
    return bySwarmHash.size();
  }

  /** Registers and withdraws what this snapshot does. */
  @SuppressWarnings("ReferenceEquality") // of two that are equal, following twice is harmless
  void follow(CatalogueSnapshot now) {
    if (now == followed) {
      return;
    }
    followed = now;
    bySwarmHash.values().forEach(Swarm::withdraw);
    Map<InfoHash, Swarm> byInfoHash = new HashMap<>();
    // Most contents have the same edges: one set of them stays in the processor's cache.
    Map<List<NodeEndpoints>, EdgeAddresses> edges = new HashMap<>();
    now.byInfoHash()
        .forEach(
            (infoHash, content) ->
                byInfoHash.put(
                    infoHash,
                    register(content, edges.computeIfAbsent(content.edges(), EdgeAddresses::of))));
    registered = new SwarmIndex(byInfoHash);
    List.copyOf(bySwarmHash.values()).forEach(this::forgetIfOver);
  }

  /** Forgets a swarm that is not registered and has no peer. */
  void forgetIfOver(Swarm swarm) {
    if (!swarm.isRegistered() && swarm.size() == 0) {
      bySwarmHash.remove(swarm.infoHash);
      byNumber.set(swarm.number, null);
      freeNumbers.add(swarm.number);
    }
  }

  private Swarm register(Content content, EdgeAddresses edges) {
    InfoHash swarmHash = content.metainfo().swarmHash();
    Swarm swarm = bySwarmHash.get(swarmHash);
    if (swarm == null) {
      swarm = new Swarm(swarmHash, freeNumber(), content, edges, peers);
      bySwarmHash.put(swarmHash, swarm);
      byNumber.set(swarm.number, swarm);
    }
    swarm.register(content, edges);
    return swarm;
  }

  private int freeNumber() {
    Integer free = freeNumbers.poll();
    if (free != null) {
      return free;
    }
    byNumber.add(null);
    return byNumber.size() - 1;
  }
}
