package io.weir.loadtest.rig;

import java.util.random.RandomGenerator;

/**
 * Ranks of which number k, from 1, is drawn in proportion to k^-{@value #EXPONENT}, as web caches
 * see it (Breslau 1999). By rejection-inversion (Hörmann and Derflinger 1996): exact, and without a
 * table however many ranks there are. Not safe for several threads.
 */
public final class Zipf {
  static final double EXPONENT = 0.9;

  private final long ranks;
  private final RandomGenerator random;
  private final double first;
  private final double last;
  private final double sureDistance;

  /**
   * Prepares.
   *
   * @param ranks 1 or more
   */
  public Zipf(long ranks, RandomGenerator random) {
    if (ranks < 1) {
      throw new IllegalArgumentException("ranks must be 1 or more");
    }
    this.ranks = ranks;
    this.random = random;
    first = area(1.5) - 1;
    last = area(ranks + 0.5);
    sureDistance = 2 - rankAt(area(2.5) - weight(2));
  }

  /** A rank from 0, the most frequent one. */
  public long next() {
    while (true) {
      double point = last + random.nextDouble() * (first - last);
      double at = rankAt(point);
      long rank = Math.min(ranks, Math.max(1, Math.round(at)));
      if (rank - at <= sureDistance || point >= area(rank + 0.5) - weight((double) rank)) {
        return rank - 1;
      }
    }
  }

  private static double weight(double rank) {
    return Math.pow(rank, -EXPONENT);
  }

  /** The integral of {@link #weight}. */
  private static double area(double rank) {
    return Math.pow(rank, 1 - EXPONENT) / (1 - EXPONENT);
  }

  /** The inverse of {@link #area}. */
  private static double rankAt(double area) {
    return Math.pow(area * (1 - EXPONENT), 1 / (1 - EXPONENT));
  }
}
