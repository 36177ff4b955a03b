package io.weir.origin.fill;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.spool.ContentKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of origin bytes that hash otherwise: each is counted, one line in a while is logged, since
 * origins decide how often it happens. Any thread.
 */
final class Mismatches {
  private static final Logger log = LoggerFactory.getLogger(Mismatches.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final OriginMetrics metrics;
  private boolean told;
  private long lastToldNanos;
  private long keptBack;

  Mismatches(LongSupplier nanoTime, OriginMetrics metrics) {
    this.nanoTime = nanoTime;
    this.metrics = metrics;
  }

  synchronized void on(ContentKey content, int piece) {
    metrics.onMismatch();
    long now = nanoTime.getAsLong();
    if (told && now - lastToldNanos < BETWEEN_LINES.toNanos()) {
      keptBack++;
      return;
    }
    log.warn(
        "Origin bytes mismatch their hash content={} piece={} keptBack={}",
        content,
        piece,
        keptBack);
    told = true;
    lastToldNanos = now;
    keptBack = 0;
  }
}
