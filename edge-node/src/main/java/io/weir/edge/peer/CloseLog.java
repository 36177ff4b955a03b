package io.weir.edge.peer;

import io.weir.edge.log.LogLimit;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why connections end, a few lines a second at most since remotes cause them. Thread-safe. */
final class CloseLog {
  private static final Logger LOG = LoggerFactory.getLogger(CloseLog.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final LogLimit closes;
  private final LogLimit failures;

  CloseLog(LongSupplier nanoClock) {
    this.closes = new LogLimit(nanoClock, INTERVAL);
    this.failures = new LogLimit(nanoClock, INTERVAL);
  }

  void closed(PeerConnection connection, CloseReason reason, @Nullable String detail) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    long keptBack = closes.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.debug(
          "peer connection closed remote={} reason={} detail={} keptBack={}",
          connection.remote(),
          reason.label(),
          detail,
          keptBack);
    }
  }

  /** A defect: worth an operator's look, but a remote may know how to cause it again. */
  void failed(PeerConnection connection, Throwable cause) {
    long keptBack = failures.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn("peer session failed remote={} keptBack={}", connection.remote(), keptBack, cause);
    }
  }
}
