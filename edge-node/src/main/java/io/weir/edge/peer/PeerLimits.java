package io.weir.edge.peer;

import io.weir.protocol.wire.WireCodec;
import java.time.Duration;

/**
 * The bounds of the peer side.
 *
 * @param connections peers connected at once
 * @param connectionsPerPrefix of them, those from one IPv4 address or IPv6 /64
 * @param requests unanswered requests of one peer, as told to it ({@code reqq}, BEP 10)
 * @param handshake how long a peer may take over its handshake
 * @param idle how long a peer may be silent, or take nothing of what waits for it: about 6 KB/s is
 *     the least that a reader must drain
 * @param keepAlive interval of the keep-alives that each peer is sent
 */
public record PeerLimits(
    int connections,
    int connectionsPerPrefix,
    int requests,
    Duration handshake,
    Duration idle,
    Duration keepAlive) {
  /** Validates. */
  public PeerLimits {
    if (connections < 1 || connectionsPerPrefix < 1 || requests < 1) {
      throw new IllegalArgumentException("peer limits are at least 1");
    }
    if (!isPositive(handshake) || !isPositive(idle) || !isPositive(keepAlive)) {
      throw new IllegalArgumentException("peer deadlines are positive");
    }
  }

  /**
   * 10,000 connections, 1,000 an address (a NAT's worth), 1,000 requests (1 Gbit/s over 130 ms), 10
   * s for a handshake, 120 s idle, a keep-alive after 100 s: clients give up after 120 s.
   */
  public static PeerLimits defaults() {
    return new PeerLimits(
        10_000,
        1_000,
        1_000,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(100));
  }

  /** What one peer's unanswered requests may ask for, however long each block is. */
  long requestBytes() {
    return (long) requests * WireCodec.BLOCK_BYTES;
  }

  /**
   * What all peers' unsent blocks may keep in memory before turns become small: two blocks each.
   */
  long unsentBytes() {
    return 2L * connections * WireCodec.BLOCK_BYTES;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
