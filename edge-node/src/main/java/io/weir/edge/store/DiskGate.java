package io.weir.edge.store;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether pieces are written to the disk now.
 *
 * <table>
 * <caption>states</caption>
 * <tr><th>state</th><th>until</th><th>next</th></tr>
 * <tr><td>open</td><td>less than {@link #RESERVE_BYTES} are free</td><td>shut</td></tr>
 * <tr><td>open</td><td>a write is refused</td><td>shut, to be tried after a pause</td></tr>
 * <tr><td>shut</td><td>{@link #RESUME_BYTES} are free, the pause is over, and a write is
 * accepted</td><td>open</td></tr>
 * </table>
 *
 * <p>The pause doubles with each refusal that no stored piece comes between, since a quota does not
 * show in the bytes that are free. Each change of state is logged once. Thread-safe.
 */
final class DiskGate {
  /**
   * Left free: what RocksDB still has to write of what it took, three memtables of 64 MiB, and room
   * for deletions, manifests, and the node's assignment and metainfo files.
   */
  static final long RESERVE_BYTES = 256L << 20;

  /** Some more than the reserve, lest the gate swings with every segment. */
  static final long RESUME_BYTES = RESERVE_BYTES + (64L << 20);

  static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  static final Duration LAST_PAUSE = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(DiskGate.class);

  private final LongSupplier freeBytes;
  private final LongSupplier nanoTime;
  private volatile @Nullable String reason;
  private boolean pausing;
  private long retryNanos;
  private int refusals;

  DiskGate(LongSupplier freeBytes, LongSupplier nanoTime) {
    this.freeBytes = freeBytes;
    this.nanoTime = nanoTime;
  }

  /** Why nothing is written now, null while the gate is open. */
  @Nullable String reason() {
    return reason;
  }

  /** Whether a piece may be written; looks at the disk's free space. */
  synchronized boolean admits() {
    if (reason == null && freeBytes.getAsLong() < RESERVE_BYTES) {
      shut("less than " + (RESERVE_BYTES >> 20) + " MiB of disk space are free");
    }
    return reason == null;
  }

  /** A write was refused. */
  synchronized void refused() {
    long pause = FIRST_PAUSE.toNanos() << Math.min(refusals++, MAX_DOUBLINGS);
    pausing = true;
    retryNanos = nanoTime.getAsLong() + Math.min(pause, LAST_PAUSE.toNanos());
    shut("the disk refused a write");
  }

  private void shut(String why) {
    if (reason == null) {
      LOG.warn("pieces are served but no longer stored reason={}", why);
    }
    reason = why;
  }

  /** A piece was stored. */
  synchronized void stored() {
    refusals = 0;
  }

  /** Whether it is time to see whether a write is accepted again. */
  synchronized boolean worthATry() {
    return reason != null && rested() && freeBytes.getAsLong() >= RESUME_BYTES;
  }

  /** Whether the disk has been left alone for long enough. */
  synchronized boolean rested() {
    return !pausing || nanoTime.getAsLong() - retryNanos >= 0;
  }

  /** A write was accepted again. */
  synchronized void open() {
    if (reason != null) {
      LOG.info("pieces are stored again");
    }
    reason = null;
    pausing = false;
  }
}
