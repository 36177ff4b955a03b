package io.weir.edge.control;

import io.weir.edge.cache.PieceCache;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the control plane at every interval what this node holds of what it is assigned. */
final class HeartbeatReporter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatReporter.class);

  private final ControlPlaneClient controlPlane;
  private final AssignmentApplier applier;
  private final PieceCache cache;
  private final Duration interval;

  HeartbeatReporter(
      ControlPlaneClient controlPlane,
      AssignmentApplier applier,
      PieceCache cache,
      Duration interval) {
    this.controlPlane = controlPlane;
    this.applier = applier;
    this.cache = cache;
    this.interval = interval;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Applied applied = applier.applied();
        if (applied != null) {
          report(applied);
        }
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      log.debug("heartbeat reporter ends");
    }
  }

  private void report(Applied applied) throws InterruptedException {
    try {
      List<Holding> holdings =
          applied.contents().stream().filter(Content::assigned).map(this::holding).toList();
      controlPlane.heartbeat(new Heartbeat(applied.version(), cache.storedBytes(), holdings));
    } catch (IOException e) {
      // The follower meets the same control plane and says so once; this would say it each time.
      log.debug("heartbeat not taken cause={}", e.getMessage());
    } catch (RuntimeException e) {
      // Without this thread the node would be taken for dead, and the spool never released.
      log.error("heartbeat not made, trying again", e);
    }
  }

  private Holding holding(Content content) {
    return new Holding(
        content.id(),
        content.cached().contentVersion(),
        cache.stored(content.cached()).cardinality(),
        content.metainfo().pieceCount());
  }
}
