package io.weir.edge.cache;

import java.time.Duration;

/**
 * What a {@link PieceCache} may hold at a time.
 *
 * @param hotBytes bytes of the hot tier
 * @param flights pieces on their way from store or source
 * @param flightBytes bytes of those pieces
 * @param waitersPerFlight reads waiting for one piece
 * @param unstoredBytes bytes of verified pieces waiting to be written; above it pieces are served
 *     and not stored
 * @param rememberedPieces of those asked for once, how many are known when they are asked for again
 * @param deadline how long a read waits, within half a second
 */
public record CacheLimits(
    long hotBytes,
    int flights,
    long flightBytes,
    int waitersPerFlight,
    long unstoredBytes,
    int rememberedPieces,
    Duration deadline) {
  private static final int FLIGHTS = 1024;
  private static final long FLIGHT_BYTES = 1L << 30;
  private static final int WAITERS_PER_FLIGHT = 10_000;
  private static final long UNSTORED_BYTES = 256L << 20;
  private static final int REMEMBERED_PIECES = 1 << 20;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** The usual limits around a hot tier of this size. */
  public static CacheLimits around(long hotBytes) {
    return new CacheLimits(
        hotBytes,
        FLIGHTS,
        FLIGHT_BYTES,
        WAITERS_PER_FLIGHT,
        UNSTORED_BYTES,
        REMEMBERED_PIECES,
        DEADLINE);
  }
}
