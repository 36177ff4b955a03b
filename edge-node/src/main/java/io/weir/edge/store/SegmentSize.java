package io.weir.edge.store;

/**
 * How large a file of pieces may get: small beside the cap, since whole files are evicted; large
 * enough that there are thousands of them and not millions.
 */
final class SegmentSize {
  static final long MIN_BYTES = 1L << 20;
  static final long MAX_BYTES = 1L << 30;

  /** Up to here a segment is a 64th of the cap, so that one more or less makes little odds. */
  private static final long USUAL_BYTES = 32L << 20;

  private static final long SHARES = 64;

  /** From here on segments grow with the cap: each is an open file. */
  private static final long USUAL_FILES = 4096;

  private SegmentSize() {}

  /** A power of two. */
  static long of(long capacityBytes) {
    long share = Long.highestOneBit(Math.max(1, capacityBytes / SHARES));
    long bytes = Math.min(Math.max(share, MIN_BYTES), USUAL_BYTES);
    while (capacityBytes / bytes > USUAL_FILES && bytes < MAX_BYTES) {
      bytes *= 2;
    }
    return bytes;
  }
}
