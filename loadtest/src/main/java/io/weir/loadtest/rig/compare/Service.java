package io.weir.loadtest.rig.compare;

/** What a contestant may have an address for. */
public enum Service {
  /** The content's URL, {@code http:}. */
  HTTP,
  /** The content's URL, {@code https:}. */
  HTTPS,
  /** The peer port of a seed of {@link Bench#torrent} (BEP 3), {@code tcp://host:port}. */
  PEER_WIRE,
  /** Announces of {@link Bench#infoHashes} (BEP 15), {@code udp://host:port}. */
  UDP_TRACKER,
  /** The same by HTTP (BEP 3), {@code http://host:port}, a connection for each announce. */
  HTTP_TRACKER,
  /** The same over connections that are kept alive. */
  KEPT_HTTP_TRACKER
}
