package io.weir.loadtest.clients;

/**
 * In what a test's site differs from another, in the words of the configuration files.
 *
 * @param edges edge nodes, all of which get every content
 * @param spoolCapacity of the adapter; with the least there is, every fill reads the origin
 * @param torrentFormat of the adapter
 * @param storeCapacity of each edge
 * @param hotTierCapacity of each edge
 */
record SitePlan(
    int edges,
    String spoolCapacity,
    String torrentFormat,
    String storeCapacity,
    String hotTierCapacity) {
  static SitePlan ofEdges(int edges) {
    return new SitePlan(edges, "1GiB", "v1", "1GiB", "64MiB");
  }

  /** Nothing is kept of an ingest: edges fill from the origin itself. */
  SitePlan withoutSpool() {
    return new SitePlan(edges, "1B", torrentFormat, storeCapacity, hotTierCapacity);
  }

  SitePlan withHotTier(String capacity) {
    return new SitePlan(edges, spoolCapacity, torrentFormat, storeCapacity, capacity);
  }

  SitePlan withTorrentFormat(String format) {
    return new SitePlan(edges, spoolCapacity, format, storeCapacity, hotTierCapacity);
  }
}
