package io.weir.edge.tracker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Content;
import io.weir.edge.tracker.Answer.Outcome;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.CompactPeers;
import io.weir.protocol.tracker.ScrapeStats;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tracker's core (BEP 3, 7, 23, 48): who is in which registered swarm, and whom to name to
 * whom. Only the catalogue's info-hashes are tracked; the v1 hash and the truncated v2 hash of one
 * content are one swarm.
 *
 * <p>Every answer names up to {@value #MAX_EDGES} of the content's edges first, then peers at
 * random; of those a seeder that has downloaded is told of leechers alone, and nobody is told of
 * themselves. The edges count as seeders.
 *
 * <p>Memory is bounded by {@link TrackerLimits}: a remote makes the tracker remember peers up to
 * its caps, and a swarm that is not registered only until its last peer is silent.
 *
 * <p>Thread-safe by one lock, which no call out is made under; an announce holds it for less than a
 * microsecond, and makes no object unless its client has just started.
 */
public final class Tracker {
  /** Peers named to a client that asks for no number. */
  public static final int DEFAULT_NUM_WANT = 50;

  /** Most peers named, whatever a client asks for. */
  public static final int MAX_NUM_WANT = 100;

  /** Most edges named in one answer. */
  public static final int MAX_EDGES = 3;

  /** Peers of one family in an answer: all that are wanted, and an edge again. */
  static final int MAX_NAMED = MAX_NUM_WANT + 1;

  /** Silent peers forgotten at most by one announce: more than it can add, little to wait for. */
  private static final int EXPIRIES_PER_ANNOUNCE = 256;

  private final Catalogue catalogue;
  private final TrackerLimits limits;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final TrackerMetrics metrics;
  private final LeecherListener leechers;
  private final long expiryNanos;
  private final int intervalSeconds;

  private final Object lock = new Object();
  private final PeerTable peers;
  private final Swarms swarms;
  private EdgeAddresses withdrawn = EdgeAddresses.of(List.of());

  /**
   * A tracker that knows nobody yet.
   *
   * @param catalogue what is registered
   * @param nanoClock monotonic nanoseconds
   * @param random chooses peers, jitter, and the key by which peers are hashed, so its seed is to
   *     be a secret; used under the tracker's lock, so it need not be thread-safe if it is the
   *     tracker's alone
   * @param leechers hears of every leecher that starts
   */
  public Tracker(
      Catalogue catalogue,
      TrackerLimits limits,
      LongSupplier nanoClock,
      RandomGenerator random,
      MeterRegistry meters,
      LeecherListener leechers) {
    this.leechers = leechers;
    this.catalogue = catalogue;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.random = random;
    this.metrics = new TrackerMetrics(meters);
    this.expiryNanos = limits.expiry().toNanos();
    this.intervalSeconds = (int) limits.interval().toSeconds();
    this.peers =
        new PeerTable(limits.peersTotal(), new SipHash(random.nextLong(), random.nextLong()));
    this.swarms = new Swarms(peers);
    Gauge.builder("weir.tracker.peers", this, Tracker::peers)
        .description("Peers remembered of all swarms: rises with the audience, up to its cap")
        .register(meters);
  }

  /**
   * Handles an announce.
   *
   * @param answer filled in where the outcome is that it is answered
   */
  public Outcome announce(Announce announce, Answer answer) {
    Content content;
    synchronized (lock) {
      swarms.follow(catalogue.snapshot());
      Swarm swarm = swarms.find(announce.hashHigh, announce.hashMiddle, announce.hashLow);
      if (swarm == null) {
        metrics.refused.increment();
        return catalogue.snapshot().isAssigned() ? Outcome.UNREGISTERED : Outcome.UNASSIGNED;
      }
      content = swarm.content();
      long now = nanoClock.getAsLong();
      expire(now);
      int self =
          announce.event == Event.STOPPED
              ? forget(swarm, announce)
              : remember(swarm, announce, now);
      answer.begin(
          intervalSeconds + random.nextInt(intervalSeconds / 5 + 1),
          swarm.edges().edges().size() + swarm.seeders(),
          swarm.leechers());
      if (announce.event != Event.STOPPED) {
        select(swarm, announce, self, answer.peers());
      }
    }
    metrics.answered.increment();
    if (announce.event == Event.STARTED && !announce.needsNoSeeder()) {
      leechers.onLeecherStarted(content, announce.listener());
    }
    return Outcome.ANSWERED;
  }

  /** From now on this edge is not named to anyone. */
  public void withdraw(NodeEndpoints edge) {
    synchronized (lock) {
      withdrawn = EdgeAddresses.of(List.of(edge));
    }
  }

  /** Counts of a registered swarm, null when not registered. */
  public @Nullable ScrapeStats scrape(InfoHash infoHash) {
    ByteBuffer hash = ByteBuffer.wrap(infoHash.toBytes());
    return scrape(hash.getLong(), hash.getLong(), hash.getInt());
  }

  /** The same, of an info-hash given as its first 8 bytes, the next 8, and the last 4. */
  @Nullable ScrapeStats scrape(long hashHigh, long hashMiddle, int hashLow) {
    synchronized (lock) {
      swarms.follow(catalogue.snapshot());
      Swarm swarm = swarms.find(hashHigh, hashMiddle, hashLow);
      if (swarm == null) {
        return null;
      }
      expire(nanoClock.getAsLong());
      int edges = swarm.edges().edges().size();
      return new ScrapeStats(edges + swarm.seeders(), swarm.completed(), swarm.leechers());
    }
  }

  /** Swarms that take memory, with peers or without. */
  int swarms() {
    synchronized (lock) {
      return swarms.size();
    }
  }

  /** Peers remembered of all swarms. */
  public int peers() {
    synchronized (lock) {
      return peers.size();
    }
  }

  private void select(Swarm swarm, Announce announce, int self, CompactPeers chosen) {
    EdgeAddresses edges = swarm.edges();
    if (!withdrawn.addresses().isEmpty()) {
      edges = edges.without(withdrawn);
    }
    int named = edges.nearest(Math.min(announce.numWant, MAX_EDGES), announce, chosen);
    int edges4 = chosen.count(false);
    int edges6 = chosen.count(true);
    swarm.draw(announce.numWant - named, announce, self, random, chosen);
    repeatEdgeBehindNeighbour(chosen, edges4, false);
    repeatEdgeBehindNeighbour(chosen, edges6, true);
  }

  /**
   * Of several peers at one address libtorrent keeps the last named, Transmission the first. Where
   * a peer shares an edge's address, the edge is named once more, so that neither loses it to a
   * peer that may be gone.
   */
  private static void repeatEdgeBehindNeighbour(CompactPeers chosen, int edges, boolean ipv6) {
    int count = chosen.count(ipv6);
    for (int edge = 0; edge < edges; edge++) {
      for (int peer = edges; peer < count; peer++) {
        if (chosen.sameAddress(edge, peer, ipv6)) {
          chosen.repeat(edge, ipv6);
          return;
        }
      }
    }
  }

  /** Returns the caller as it is remembered, or {@link PeerTable#NONE}. */
  private int remember(Swarm swarm, Announce announce, long now) {
    long high = announce.addressHigh;
    long low = announce.addressLow;
    int prefixHash = peers.prefixHash(swarm.number, high, low);
    int peer = peers.find(prefixHash, swarm.number, high, low, announce.port);
    if (peer >= 0) {
      peers.refresh(peer, now);
      swarm.update(peer, announce.isSeeder(), random);
    } else if (~peer >= limits.portsPerPrefix()) {
      metrics.unremembered.increment();
      return PeerTable.NONE;
    } else {
      displaceAtCaps(swarm);
      peer = peers.add(prefixHash, swarm.number, high, low, announce.port, now);
      swarm.add(peer, announce.isSeeder(), random);
    }
    if (announce.event == Event.COMPLETED) {
      swarm.countCompletion(peer);
    }
    return peer;
  }

  /** Returns {@link PeerTable#NONE}. */
  private int forget(Swarm swarm, Announce announce) {
    long high = announce.addressHigh;
    long low = announce.addressLow;
    int prefixHash = peers.prefixHash(swarm.number, high, low);
    int peer = peers.find(prefixHash, swarm.number, high, low, announce.port);
    if (peer >= 0) {
      remove(peer);
    }
    return PeerTable.NONE;
  }

  /** Makes room for one more peer. */
  private void displaceAtCaps(Swarm swarm) {
    if (swarm.size() >= limits.peersPerSwarm()) {
      remove(swarm.eldest(random));
      metrics.displaced.increment();
    }
    if (peers.size() >= limits.peersTotal()) {
      remove(peers.eldest());
      metrics.displaced.increment();
    }
  }

  private void expire(long now) {
    for (int i = 0; i < EXPIRIES_PER_ANNOUNCE; i++) {
      int eldest = peers.eldest();
      if (eldest == PeerTable.NONE || now - peers.lastAnnounceNanos(eldest) < expiryNanos) {
        return;
      }
      remove(eldest);
      metrics.expired.increment();
    }
  }

  private void remove(int peer) {
    Swarm swarm = swarms.ofPeer(peer);
    swarm.remove(peer);
    peers.remove(peer);
    swarms.forgetIfOver(swarm);
  }
}
