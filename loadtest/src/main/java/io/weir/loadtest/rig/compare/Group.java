package io.weir.loadtest.rig.compare;

/** Rows that ask for the same kind of thing. */
public enum Group {
  /** The content by HTTP. */
  HTTP("http"),
  /** The content by HTTP over TLS. */
  TLS("tls"),
  /** The content's pieces, from a seed. */
  SWARM("swarm"),
  /** Peers of a swarm. */
  TRACKER("tracker");

  private final String word;

  Group(String word) {
    this.word = word;
  }

  /** As people choose it. */
  @Override
  public String toString() {
    return word;
  }
}
