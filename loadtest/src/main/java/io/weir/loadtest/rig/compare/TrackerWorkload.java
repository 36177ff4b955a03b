package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Announces of peers at many addresses to {@link #SWARMS} swarms.
 *
 * @param transport by which; a contestant that keeps no connection alive is asked over new ones
 */
public record TrackerWorkload(Transport transport) implements Workload {
  /** Each has many peers by the end of the first row's first round. */
  static final int SWARMS = 10_000;

  /**
   * Until trackers know so many peers that every answer is full, by UDP; and until ours, whose
   * compiler has the same core, runs compiled, by HTTP.
   */
  private static final double FIRST_ROUND_SECONDS = 10;

  /** The rows of every comparison: UDP first, which introduces the peers. */
  public static List<Workload> all() {
    return List.of(
        new TrackerWorkload(Transport.UDP),
        new TrackerWorkload(Transport.HTTP),
        new TrackerWorkload(Transport.HTTP_CONNECT));
  }

  @Override
  public Group group() {
    return Group.TRACKER;
  }

  @Override
  public String title() {
    String how =
        switch (transport) {
          case UDP -> "UDP announces";
          case HTTP -> "HTTP announces, connections kept alive where supported";
          case HTTP_CONNECT -> "HTTP announces, a new connection each";
        };
    return how + ", %,d swarms".formatted(SWARMS);
  }

  @Override
  public Metric metric() {
    return Metric.CPU_PER_ANSWER;
  }

  @Override
  public Effort firstRound(Effort effort) {
    return effort.atLeastSeconds(FIRST_ROUND_SECONDS);
  }

  @Override
  public Optional<List<String>> generator(Contestant contestant, Bench bench, Effort effort) {
    return switch (transport) {
      case UDP -> load(contestant, Service.UDP_TRACKER, Transport.UDP, bench, effort);
      case HTTP ->
          load(contestant, Service.KEPT_HTTP_TRACKER, Transport.HTTP, bench, effort)
              .or(() -> overNewConnections(contestant, bench, effort));
      case HTTP_CONNECT -> overNewConnections(contestant, bench, effort);
    };
  }

  private static Optional<List<String>> overNewConnections(
      Contestant contestant, Bench bench, Effort effort) {
    return load(contestant, Service.HTTP_TRACKER, Transport.HTTP_CONNECT, bench, effort);
  }

  private static Optional<List<String>> load(
      Contestant contestant, Service service, Transport by, Bench bench, Effort effort) {
    Optional<URI> tracker = contestant.address(service);
    return tracker.map(
        at ->
            List.of(
                "loadtest",
                "tracker",
                at.getAuthority(),
                "--transport",
                by.name(),
                "--info-hashes",
                bench.infoHashes().toString(),
                "--swarms",
                Integer.toString(SWARMS),
                "--json",
                "--warm-up",
                Double.toString(effort.warmUpSeconds()),
                "--seconds",
                Double.toString(effort.seconds()),
                "--pid",
                Long.toString(contestant.pid())));
  }
}
