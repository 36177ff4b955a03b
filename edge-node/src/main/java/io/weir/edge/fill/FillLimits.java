package io.weir.edge.fill;

import java.time.Duration;

/**
 * What an {@link AdapterPieceSource} may hold and how long it waits.
 *
 * @param flying most pieces read at a time, and connections of an event loop kept idle
 * @param flyingBytes most bytes of those pieces; one that is longer is read alone
 * @param waiting most pieces waiting for their turn; above it a read fails at once
 * @param connect longest time to connect
 * @param stall longest silence once an answer has begun
 * @param deadline for a whole piece, waiting for its turn included
 * @param idle how long a connection may have been idle to be used again: less than adapters and
 *     whatever lies between keep it
 */
public record FillLimits(
    int flying,
    long flyingBytes,
    int waiting,
    Duration connect,
    Duration stall,
    Duration deadline,
    Duration idle) {
  /** Validates. */
  public FillLimits {
    if (flying < 1 || flyingBytes < 1 || waiting < 0) {
      throw new IllegalArgumentException("fill limits out of bounds");
    }
  }

  /**
   * The usual limits: pieces of 256 KiB enough for 300 MB/s from an origin 100 ms away, and as much
   * time for all of it as the adapter gives an origin.
   */
  public static FillLimits defaults() {
    return new FillLimits(
        128,
        128L << 20,
        1024,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }
}
