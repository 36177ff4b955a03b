package io.weir.edge.tracker;

import java.time.Duration;

/**
 * The bounds of a tracker.
 *
 * @param interval when a client is told to announce again, up to a fifth more as jitter. Usual is
 *     half an hour; a swarm around an edge forms and ends within minutes, so the default is shorter
 * @param peersPerSwarm peers remembered of one swarm; the one silent longest makes room, or in a
 *     large swarm one of those
 * @param peersTotal peers remembered of all swarms; the one silent longest makes room
 * @param portsPerPrefix peers remembered behind one IPv4 address or IPv6 /64 in one swarm; more are
 *     answered but not remembered
 */
public record TrackerLimits(
    Duration interval, int peersPerSwarm, int peersTotal, int portsPerPrefix) {
  /** Validates. */
  public TrackerLimits {
    if (interval.toSeconds() < 1 || peersPerSwarm < 1 || peersTotal < 1 || portsPerPrefix < 1) {
      throw new IllegalArgumentException("tracker limits are at least 1 (and 1 s)");
    }
  }

  /**
   * 120 s; 10,000 peers a swarm; 1,000,000 in all, about 70 bytes of heap each; 64 ports an
   * address.
   */
  public static TrackerLimits defaults() {
    return new TrackerLimits(Duration.ofMinutes(2), 10_000, 1_000_000, 64);
  }

  /** A peer silent for this long is forgotten: two intervals. */
  Duration expiry() {
    return interval.multipliedBy(2);
  }
}
