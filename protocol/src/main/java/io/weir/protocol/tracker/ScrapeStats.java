package io.weir.protocol.tracker;

/**
 * One swarm's counts in a scrape (BEP 15, 48).
 *
 * @param seeders complete peers, 0 or more
 * @param completed downloads finished, ever, 0 or more
 * @param leechers incomplete peers, 0 or more
 */
public record ScrapeStats(int seeders, int completed, int leechers) {
  /**
   * Validates.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public ScrapeStats {
    if (seeders < 0 || completed < 0 || leechers < 0) {
      throw new IllegalArgumentException(
          "negative count: " + seeders + ", " + completed + ", " + leechers);
    }
  }
}
