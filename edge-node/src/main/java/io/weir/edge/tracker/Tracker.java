package io.weir.edge.tracker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.ScrapeStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * its caps, and never a swarm that is not registered. An empty swarm is kept only for its count of
 * completions, and only while it is registered.
 *
 * <p>Thread-safe by one lock, which no call out is made under; an announce holds it for about a
 * microsecond.
 */
public final class Tracker {
  /** Peers named to a client that asks for no number. */
  public static final int DEFAULT_NUM_WANT = 50;

  /** Most peers named, whatever a client asks for. */
  public static final int MAX_NUM_WANT = 100;

  /** Most edges named in one answer. */
  public static final int MAX_EDGES = 3;

  /** Silent peers forgotten at most by one announce: more than it can add, little to wait for. */
  private static final int EXPIRIES_PER_ANNOUNCE = 256;

  /** Answer to an announce. */
  public sealed interface Answer {
    /** Whom the client may connect to. */
    record Peers(AnnounceResponse response) implements Answer {}

    /**
     * This info-hash is not registered here, or the request is refused; reason is for the client.
     */
    record Refused(String reason) implements Answer {}
  }

  private final Catalogue catalogue;
  private final TrackerLimits limits;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final TrackerMetrics metrics;
  private final LeecherListener leechers;
  private final long expiryNanos;
  private volatile List<InetSocketAddress> withdrawn = List.of();

  private final Object lock = new Object();
  private final Map<InfoHash, Swarm> swarms = new HashMap<>();
  private final LinkedHashSet<SwarmPeer> byLastAnnounce = new LinkedHashSet<>();
  private CatalogueSnapshot swept = CatalogueSnapshot.empty();

  /**
   * A tracker that knows nobody yet.
   *
   * @param catalogue what is registered
   * @param nanoClock monotonic nanoseconds
   * @param random chooses peers and jitter; used under the tracker's lock, so it need not be
   *     thread-safe if it is the tracker's alone
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
    Gauge.builder("weir.tracker.peers", this, Tracker::peers)
        .description("Peers remembered of all swarms: rises with the audience, up to its cap")
        .register(meters);
  }

  /** Handles an announce from this source address (an IPv4 one as IPv4, not mapped to IPv6). */
  public Answer announce(InetAddress source, AnnounceRequest request) {
    Content content = catalogue.byInfoHash(request.infoHash());
    if (content == null) {
      metrics.refused.increment();
      return new Answer.Refused(
          catalogue.snapshot().isAssigned()
              ? "unregistered torrent"
              : "this edge has not been told its contents yet");
    }
    InetSocketAddress caller = new InetSocketAddress(source, request.port());
    InfoHash swarmHash = content.metainfo().swarmHash();
    metrics.answered.increment();
    if (request.event() == Event.STARTED && !needsNoSeeder(request)) {
      leechers.onLeecherStarted(content, caller);
    }
    synchronized (lock) {
      expire();
      if (request.event() == Event.STOPPED) {
        forget(swarmHash, caller);
      } else {
        remember(swarmHash, caller, request);
      }
      return new Answer.Peers(answer(content, swarms.get(swarmHash), caller, request));
    }
  }

  /** From now on this edge is not named to anyone. */
  public void withdraw(NodeEndpoints edge) {
    withdrawn = EdgeAddresses.of(List.of(edge)).addresses();
  }

  /** Counts of a registered swarm, null when not registered. */
  public @Nullable ScrapeStats scrape(InfoHash infoHash) {
    Content content = catalogue.byInfoHash(infoHash);
    if (content == null) {
      return null;
    }
    InfoHash swarmHash = content.metainfo().swarmHash();
    synchronized (lock) {
      expire();
      return stats(content, swarms.get(swarmHash));
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
      return byLastAnnounce.size();
    }
  }

  private AnnounceResponse answer(
      Content content, @Nullable Swarm swarm, InetSocketAddress caller, AnnounceRequest request) {
    ScrapeStats stats = stats(content, swarm);
    return new AnnounceResponse(
        jitteredIntervalSeconds(),
        stats.seeders(),
        stats.leechers(),
        request.event() == Event.STOPPED ? List.of() : select(content, swarm, caller, request));
  }

  private static ScrapeStats stats(Content content, @Nullable Swarm swarm) {
    int edges = content.edges().size();
    return swarm == null
        ? new ScrapeStats(edges, 0, 0)
        : new ScrapeStats(edges + swarm.seeders(), swarm.completed(), swarm.leechers());
  }

  private List<InetSocketAddress> select(
      Content content, @Nullable Swarm swarm, InetSocketAddress caller, AnnounceRequest request) {
    int wanted =
        request.numWant() < 0 ? DEFAULT_NUM_WANT : Math.min(request.numWant(), MAX_NUM_WANT);
    List<InetSocketAddress> chosen = new ArrayList<>(wanted);
    EdgeAddresses edges =
        swarm == null ? EdgeAddresses.of(content.edges()) : swarm.edgesOf(content);
    edges.nearest(Math.min(wanted, MAX_EDGES), caller, withdrawn, chosen);
    int named = chosen.size();
    if (swarm != null) {
      swarm.draw(wanted - chosen.size(), caller, !needsNoSeeder(request), random, chosen);
      repeatEdgeBehindNeighbour(chosen, named);
    }
    return chosen;
  }

  /**
   * Of several peers at one address libtorrent keeps the last named, Transmission the first. Where
   * a peer shares an edge's address, the edge is named once more, so that neither loses it to a
   * peer that may be gone.
   */
  private static void repeatEdgeBehindNeighbour(List<InetSocketAddress> chosen, int edges) {
    for (int peer = edges; peer < chosen.size(); peer++) {
      for (int edge = 0; edge < edges; edge++) {
        if (chosen.get(edge).getAddress().equals(chosen.get(peer).getAddress())) {
          chosen.add(chosen.get(edge));
          return;
        }
      }
    }
  }

  private void remember(InfoHash swarmHash, InetSocketAddress caller, AnnounceRequest request) {
    Swarm swarm = swarms.computeIfAbsent(swarmHash, Swarm::new);
    SwarmPeer peer = swarm.get(caller);
    if (peer == null) {
      if (swarm.portsBehind(caller.getAddress()) >= limits.portsPerPrefix()) {
        metrics.unremembered.increment();
        return;
      }
      peer = swarm.add(caller, isSeeder(request));
    } else {
      swarm.refresh(peer, isSeeder(request));
      byLastAnnounce.remove(peer);
    }
    peer.lastAnnounceNanos = nanoClock.getAsLong();
    byLastAnnounce.add(peer);
    if (request.event() == Event.COMPLETED) {
      swarm.countCompletion(peer);
    }
    displaceBeyondCaps(swarm);
  }

  private void forget(InfoHash swarmHash, InetSocketAddress caller) {
    Swarm swarm = swarms.get(swarmHash);
    SwarmPeer peer = swarm == null ? null : swarm.get(caller);
    if (peer != null) {
      remove(peer);
    }
  }

  private void displaceBeyondCaps(Swarm swarm) {
    if (swarm.size() > limits.peersPerSwarm()) {
      remove(swarm.eldest());
      metrics.displaced.increment();
    }
    if (byLastAnnounce.size() > limits.peersTotal()) {
      remove(byLastAnnounce.iterator().next());
      metrics.displaced.increment();
    }
  }

  /** Forgets the empty swarms that a new assignment no longer names. */
  @SuppressWarnings(
      "ReferenceEquality") // of two snapshots that are equal, sweeping twice is harmless
  private void sweep() {
    CatalogueSnapshot now = catalogue.snapshot();
    if (now != swept) {
      swept = now;
      swarms
          .values()
          .removeIf(swarm -> swarm.size() == 0 && !now.byInfoHash().containsKey(swarm.infoHash));
    }
  }

  private void expire() {
    sweep();
    long now = nanoClock.getAsLong();
    for (int i = 0; i < EXPIRIES_PER_ANNOUNCE && !byLastAnnounce.isEmpty(); i++) {
      SwarmPeer eldest = byLastAnnounce.iterator().next();
      if (now - eldest.lastAnnounceNanos < expiryNanos) {
        return;
      }
      remove(eldest);
      metrics.expired.increment();
    }
  }

  private void remove(SwarmPeer peer) {
    byLastAnnounce.remove(peer);
    peer.swarm.remove(peer);
    boolean withdrawn = catalogue.byInfoHash(peer.swarm.infoHash) == null;
    if (peer.swarm.size() == 0 && (peer.swarm.completed() == 0 || withdrawn)) {
      swarms.remove(peer.swarm.infoHash);
    }
  }

  private int jitteredIntervalSeconds() {
    int seconds = (int) limits.interval().toSeconds();
    return seconds + random.nextInt(seconds / 5 + 1);
  }

  /**
   * Nothing left does not alone say that a client has everything: aria2 announces so before it has
   * a magnet's metadata. Having downloaded does.
   */
  private static boolean needsNoSeeder(AnnounceRequest request) {
    return isSeeder(request)
        && (request.downloadedBytes() > 0 || request.event() == Event.COMPLETED);
  }

  /** Clients that say that they do not know what is left are leechers. */
  private static boolean isSeeder(AnnounceRequest request) {
    return request.leftBytes() == 0;
  }
}
