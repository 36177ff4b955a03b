package io.weir.edge.store;

import io.weir.edge.log.LogLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pieces that were dropped as broken: counted, and logged within a rate. Thread-safe. */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);

  private final StoreMetrics metrics;
  private final LogLimit limit;
  private final AtomicLong count = new AtomicLong();

  Losses(StoreMetrics metrics, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.limit = new LogLimit(nanoTime, WARN_INTERVAL);
  }

  /** A piece was dropped; of no version where that was dropped at the same time. */
  void lost(@Nullable HeldVersion version, int piece, LossCause cause) {
    count.incrementAndGet();
    metrics.lost(cause);
    long keptBack = limit.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn(
          "stored piece is broken and dropped contentId={} contentVersion={} piece={} cause={}"
              + " keptBack={}",
          version == null ? "none" : version.contentId(),
          version == null ? 0 : version.contentVersion(),
          piece,
          cause,
          keptBack);
    }
  }

  /** How many there were. */
  long count() {
    return count.get();
  }
}
