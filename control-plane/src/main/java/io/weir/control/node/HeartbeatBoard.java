package io.weir.control.node;

import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The last heartbeat of every node. Kept in memory only: after a restart of the control plane every
 * node says it again within one interval, and nothing has to be written at every heartbeat.
 *
 * <p>Any thread. Bounded by registered nodes times contents: callers record heartbeats of
 * registered nodes only, and holdings of contents that are not current are dropped here.
 */
public final class HeartbeatBoard {
  /** How often a node speaks. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Silence after which a node counts as down: three intervals. */
  public static final Duration DOWN_AFTER = INTERVAL.multipliedBy(3);

  private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
  private final Clock clock;

  /** An empty board. */
  public HeartbeatBoard(Clock clock) {
    this.clock = clock;
  }

  /** Replaces what the node last said; holdings that are not current are forgotten. */
  public void record(String nodeId, Heartbeat heartbeat, Predicate<Holding> current) {
    Map<String, Holding> holdings =
        heartbeat.holdings().stream()
            .filter(current)
            .collect(
                Collectors.toUnmodifiableMap(
                    Holding::contentId, Function.identity(), (first, second) -> second));
    pulses.put(nodeId, new Pulse(clock.instant(), heartbeat.storedBytes(), holdings));
  }

  /** What the node last said, if it spoke since the control plane started. */
  public Optional<Pulse> last(String nodeId) {
    return Optional.ofNullable(pulses.get(nodeId));
  }

  /** Whether the node spoke within {@link #DOWN_AFTER}. */
  public boolean isUp(String nodeId) {
    Pulse pulse = pulses.get(nodeId);
    return pulse != null && !pulse.at().plus(DOWN_AFTER).isBefore(clock.instant());
  }

  /** Pieces that the node holds of this version, 0 where it has said nothing of it. */
  public int piecesHeld(String nodeId, String contentId, int contentVersion) {
    return last(nodeId)
        .map(pulse -> pulse.holdings().get(contentId))
        .filter(holding -> holding.contentVersion() == contentVersion)
        .map(Holding::piecesHeld)
        .orElse(0);
  }

  /**
   * One heartbeat as it was heard.
   *
   * @param at when
   * @param storedBytes bytes of pieces in the node's store
   * @param holdings by content id
   */
  public record Pulse(Instant at, long storedBytes, Map<String, Holding> holdings) {}
}
