package io.weir.edge.swarm;

import io.weir.edge.cache.PieceCache;
import io.weir.edge.cache.PieceCheck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes every stored piece again, one pass over the catalogue after another, so that what the disk
 * lost is found and filled before somebody asks for it.
 *
 * <p>Slowly: a number of bytes a second, a pass begun no sooner than {@link #PASS_INTERVAL} after
 * the one before, and nothing while readers keep the cache busy. A pass goes over the contents that
 * there were when it began; what has gone since has no pieces left.
 *
 * <p>All state belongs to the one thread of the executor that is passed in, which it blocks for one
 * piece at a time.
 */
public final class Scrubber {
  static final Duration PASS_INTERVAL = Duration.ofHours(1);

  /** A node that starts has better things to read from its disk. */
  static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

  /** Small pieces count as one block of the disk, which is what reading them costs it. */
  static final int LEAST_BYTES = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

  private final PieceCache cache;
  private final PieceCheck check;
  private final Catalogue catalogue;
  private final ScheduledExecutorService thread;
  private final ScrubMetrics metrics;
  private final long bytesPerSecond;
  private final Deque<Content> unchecked = new ArrayDeque<>();
  private int nextPiece;
  private long sinceBeginNanos;

  /**
   * Borrows everything.
   *
   * @param thread one thread that may block
   * @param bytesPerSecond more than 0
   */
  public Scrubber(
      PieceCache cache,
      PieceCheck check,
      Catalogue catalogue,
      ScheduledExecutorService thread,
      ScrubMetrics metrics,
      long bytesPerSecond) {
    this.cache = cache;
    this.check = check;
    this.catalogue = catalogue;
    this.thread = thread;
    this.metrics = metrics;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Begins the first pass a while later; goes on until the thread is shut down. */
  public void start() {
    after(FIRST_PAUSE.toNanos(), this::beginPass);
  }

  private void beginPass() {
    unchecked.addAll(catalogue.contents());
    nextPiece = 0;
    sinceBeginNanos = 0;
    step();
  }

  private void step() {
    if (cache.busy()) {
      after(BUSY_PAUSE.toNanos(), this::step);
      return;
    }
    while (!unchecked.isEmpty()) {
      Content content = unchecked.getFirst();
      int piece = cache.stored(content.cached()).nextSetBit(nextPiece);
      if (piece >= 0 && piece < content.metainfo().pieceCount()) {
        nextPiece = piece + 1;
        check(content, piece);
        return;
      }
      unchecked.removeFirst();
      nextPiece = 0;
    }
    metrics.passed();
    after(Math.max(0, PASS_INTERVAL.toNanos() - sinceBeginNanos), this::beginPass);
  }

  private void check(Content content, int piece) {
    int lengthBytes = content.metainfo().pieceLengthBytes(piece);
    long paceNanos =
        TimeUnit.SECONDS.toNanos(1) * Math.max(lengthBytes, LEAST_BYTES) / bytesPerSecond;
    try {
      metrics.checked(check.check(content.cached(), piece), lengthBytes);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("piece could not be checked contentId={} piece={}", content.id(), piece, e);
    }
    after(paceNanos, this::step);
  }

  private void after(long nanos, Runnable next) {
    sinceBeginNanos += nanos;
    try {
      var unused = thread.schedule(next, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      unchecked.clear();
    }
  }
}
