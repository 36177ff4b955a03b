package io.weir.protocol.tracker;

/**
 * One swarm's counts in a scrape (BEP 48).
 *
 * @param seeders complete peers
 * @param completed downloads finished, ever
 * @param leechers incomplete peers
 */
public record ScrapeStats(int seeders, int completed, int leechers) {}
