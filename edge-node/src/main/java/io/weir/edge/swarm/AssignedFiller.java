package io.weir.edge.swarm;

import io.weir.edge.cache.FillOutcome;
import io.weir.edge.cache.PieceCache;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the catalogue: fills what this edge is assigned and does not hold, content after content,
 * in piece order, {@link #IN_FLIGHT} pieces at a time.
 *
 * <p>It has the lowest priority. While readers keep the cache busy it looks again every {@link
 * #BUSY_PAUSE}, and while the disk takes nothing, every {@link #DISK_PAUSE}. When the store is full
 * it stops until the catalogue changes or stored pieces are lost. After a failure it pauses, from
 * half a second doubling to half a minute with jitter, and goes on with the next content, so that
 * one broken origin does not starve the others.
 *
 * <p>All state belongs to the one thread of the executor that is passed in; nothing blocks it.
 */
public final class AssignedFiller implements Consumer<CatalogueSnapshot>, AutoCloseable {
  static final int IN_FLIGHT = 2;
  static final Duration BUSY_PAUSE = Duration.ofMillis(100);
  static final Duration DISK_PAUSE = Duration.ofSeconds(2);
  static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  static final Duration LAST_BACKOFF = Duration.ofSeconds(30);
  private static final int MAX_DOUBLINGS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(AssignedFiller.class);

  private final PieceCache cache;
  private final ScheduledExecutorService thread;
  private final RandomGenerator random;
  private final Deque<Content> unfilled = new ArrayDeque<>();
  private List<Content> assigned = List.of();
  private long assignmentsSeen;
  private long lossesSeen;
  private int nextPiece;
  private int inFlight;
  private int failures;
  private boolean paused;
  private volatile boolean closed;

  /**
   * Borrows all three.
   *
   * @param thread one thread, which may do other brief work too
   * @param random of the jitter
   */
  public AssignedFiller(PieceCache cache, ScheduledExecutorService thread, RandomGenerator random) {
    this.cache = cache;
    this.thread = thread;
    this.random = random;
  }

  /** Starts over with what is assigned now; returns at once. Any thread. */
  @Override
  public void accept(CatalogueSnapshot snapshot) {
    onThread(
        () -> {
          assignmentsSeen++;
          assigned = snapshot.contents().stream().filter(Content::assigned).toList();
          failures = 0;
          startOver();
        });
  }

  /**
   * Starts over where stored pieces have been lost since the last look; returns at once. To be
   * called every few seconds, by any thread.
   */
  public void heal() {
    onThread(
        () -> {
          long losses = cache.losses();
          if (losses != lossesSeen) {
            lossesSeen = losses;
            startOver();
          }
        });
  }

  private void startOver() {
    unfilled.clear();
    unfilled.addAll(assigned);
    nextPiece = 0;
    fillMore();
  }

  private void fillMore() {
    while (!closed && !paused && inFlight < IN_FLIGHT && !unfilled.isEmpty()) {
      if (cache.busy() || !cache.storing()) {
        pause(cache.busy() ? BUSY_PAUSE : DISK_PAUSE);
        return;
      }
      Content content = unfilled.getFirst();
      int piece = cache.stored(content.cached()).nextClearBit(nextPiece);
      if (piece >= content.metainfo().pieceCount()) {
        unfilled.removeFirst();
        nextPiece = 0;
      } else {
        nextPiece = piece + 1;
        fill(content, piece);
      }
    }
  }

  private void fill(Content content, int piece) {
    inFlight++;
    long asOf = assignmentsSeen;
    var unused =
        cache
            .fill(content.cached(), piece)
            .thenAccept(outcome -> onThread(() -> onFilled(asOf, content, piece, outcome)));
  }

  /** Of an assignment that has been replaced, nothing counts but that its fill is over. */
  private void onFilled(long asOf, Content content, int piece, FillOutcome outcome) {
    inFlight--;
    if (asOf == assignmentsSeen) {
      heed(content, piece, outcome);
    }
    fillMore();
  }

  private void heed(Content content, int piece, FillOutcome outcome) {
    if (outcome instanceof FillOutcome.Stored) {
      failures = 0;
    } else if (outcome instanceof FillOutcome.Full) {
      LOG.info("store is full, assigned content stays incomplete contentId={}", content.id());
      unfilled.clear();
    } else if (outcome instanceof FillOutcome.Failed failed) {
      LOG.debug(
          "assigned piece not filled contentId={} piece={} reason={}",
          content.id(),
          piece,
          failed.reason());
      putBack(content);
      pause(backoff());
    }
  }

  /** Its missing pieces are looked for again, after those of the other contents. */
  private void putBack(Content content) {
    boolean first = content.equals(unfilled.peekFirst());
    if (first || !unfilled.contains(content)) {
      unfilled.remove(content);
      unfilled.addLast(content);
      nextPiece = first ? 0 : nextPiece;
    }
  }

  private Duration backoff() {
    long fullMillis = FIRST_BACKOFF.toMillis() << Math.min(failures++, MAX_DOUBLINGS);
    long cappedMillis = Math.min(fullMillis, LAST_BACKOFF.toMillis());
    return Duration.ofMillis(cappedMillis / 2 + random.nextLong(cappedMillis / 2 + 1));
  }

  private void pause(Duration pause) {
    if (!paused) {
      paused = true;
      try {
        var unused = thread.schedule(this::resume, pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        closed = true;
      }
    }
  }

  private void resume() {
    paused = false;
    fillMore();
  }

  private void onThread(Runnable step) {
    try {
      thread.execute(step);
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  /** Starts no further fill; those in flight end by themselves. Any thread. */
  @Override
  public void close() {
    closed = true;
  }
}
