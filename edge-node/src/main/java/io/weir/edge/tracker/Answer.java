package io.weir.edge.tracker;

import io.weir.protocol.tracker.CompactPeers;

/**
 * A tracker's answer to an announce, filled in anew for each. Meaningful only where the announce
 * was {@link Outcome#ANSWERED}. One thread's.
 */
public final class Answer {
  private final CompactPeers peers = new CompactPeers(Tracker.MAX_NAMED);
  private int intervalSeconds;
  private int seeders;
  private int leechers;

  /** What became of an announce. */
  public enum Outcome {
    /** The answer says whom the client may connect to. */
    ANSWERED(""),
    /** This info-hash is not registered here. */
    UNREGISTERED("unregistered torrent"),
    /** Nothing is known to be registered. */
    UNASSIGNED("this edge has not been told its contents yet");

    private final String reason;

    Outcome(String reason) {
      this.reason = reason;
    }

    /** What to tell a client that is refused. */
    public String reason() {
      return reason;
    }
  }

  /** When to announce again. */
  public int intervalSeconds() {
    return intervalSeconds;
  }

  /** Complete peers, the edges among them. */
  public int seeders() {
    return seeders;
  }

  /** Incomplete peers. */
  public int leechers() {
    return leechers;
  }

  /** Whom to connect to, best first; valid until the next announce. */
  public CompactPeers peers() {
    return peers;
  }

  void begin(int intervalSeconds, int seeders, int leechers) {
    this.intervalSeconds = intervalSeconds;
    this.seeders = seeders;
    this.leechers = leechers;
    peers.clear();
  }
}
