package io.weir.loadtest.crowd.tracker;

import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceResponse;
import java.util.concurrent.CompletableFuture;

/** A session with one tracker. Confined to its event loop. */
public sealed interface TrackerClient permits UdpTrackerClient, HttpTrackerClient {
  /**
   * Announces; at most one announce at a time. The future completes on the event loop, or fails
   * with a {@link TrackerUnavailableException}.
   */
  CompletableFuture<AnnounceResponse> announce(AnnounceRequest request);

  /** Whether the tracker is reached by UDP; the others are only asked when these do not answer. */
  boolean udp();

  /** Frees its socket; an announce under way fails. */
  void close();
}
