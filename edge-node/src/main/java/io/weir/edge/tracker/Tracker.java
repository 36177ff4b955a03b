package io.weir.edge.tracker;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.ScrapeStats;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** STUB: the pure core; callers' view is fixed. Thread-safe. */
public final class Tracker {
  /** Answer to an announce. */
  public sealed interface Answer {
    record Peers(AnnounceResponse response) implements Answer {}

    /**
     * This info-hash is not registered here, or the request is refused; reason is for the client.
     */
    record Refused(String reason) implements Answer {}
  }

  /** Handles an announce from this source address. */
  public Answer announce(InetAddress source, AnnounceRequest request) {
    throw new UnsupportedOperationException();
  }

  /** Counts of a registered swarm, null when not registered. */
  public @Nullable ScrapeStats scrape(InfoHash infoHash) {
    throw new UnsupportedOperationException();
  }
}
