package io.weir.loadtest.rig.compare;

import java.util.List;
import java.util.Optional;

/**
 * Blocks of random pieces, as many requests outstanding as swift clients have. Every peer has an
 * address of its own, as rtorrent takes no more than a few from one.
 *
 * @param connections leeching peers, 1 to {@link
 *     io.weir.loadtest.rig.swarm.SwarmLoadPlan#MAX_SOURCES}
 */
public record SwarmWorkload(int connections) implements Workload {
  private static final int OUTSTANDING = 64;

  /** Until ours, whose compiler has the same core, runs compiled. */
  private static final double FIRST_ROUND_SECONDS = 4;

  /** The rows of every comparison. */
  public static List<Workload> all() {
    return List.of(new SwarmWorkload(1), new SwarmWorkload(16), new SwarmWorkload(200));
  }

  @Override
  public Group group() {
    return Group.SWARM;
  }

  @Override
  public String title() {
    return "Seeding, %d blocks outstanding, %d connection%s"
        .formatted(OUTSTANDING, connections, connections == 1 ? "" : "s");
  }

  @Override
  public Metric metric() {
    return Metric.CPU_PER_GIGABYTE;
  }

  @Override
  public Effort firstRound(Effort effort) {
    return effort.atLeastSeconds(FIRST_ROUND_SECONDS);
  }

  @Override
  public Optional<List<String>> generator(Contestant contestant, Bench bench, Effort effort) {
    return contestant
        .address(Service.PEER_WIRE)
        .map(
            seed ->
                List.of(
                    "loadtest",
                    "swarm",
                    "--peer",
                    seed.getAuthority(),
                    "--torrent",
                    bench.torrent().toString(),
                    "--json",
                    "--connections",
                    Integer.toString(connections),
                    "--sources",
                    Integer.toString(connections),
                    "--outstanding",
                    Integer.toString(OUTSTANDING),
                    "--warm-up",
                    Double.toString(effort.warmUpSeconds()),
                    "--seconds",
                    Double.toString(effort.seconds()),
                    "--verify",
                    bench.content().toString(),
                    "--pid",
                    Long.toString(contestant.pid())));
  }
}
