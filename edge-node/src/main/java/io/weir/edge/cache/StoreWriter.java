package io.weir.edge.cache;

import io.weir.edge.piece.PieceBuffer;
import io.weir.edge.store.PieceStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes verified pieces to the store behind the readers' backs, all that wait at a time in one
 * run, so that a sync is shared. Pieces that wait are bounded in bytes: what the disk is too slow
 * for is not stored. Any thread may bring a piece; the disk is touched on the executor alone.
 */
final class StoreWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

  /** Most bytes of a run: who waits for its end should not wait for long. */
  static final long MAX_RUN_BYTES = 32L << 20;

  private enum Place {
    /** Nobody writes yet. */
    FIRST,
    BEHIND,
    REFUSED
  }

  private record Waiting(Flight flight, PieceBuffer bytes, Consumer<FillOutcome> done) {}

  private final PieceStore store;
  private final Executor executor;
  private final CacheMetrics metrics;
  private final long maxWaitingBytes;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long waitingBytes;
  private boolean isScheduled;

  StoreWriter(PieceStore store, Executor executor, CacheMetrics metrics, long maxWaitingBytes) {
    this.store = store;
    this.executor = executor;
    this.metrics = metrics;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /** Borrows the bytes until it is done, which it says exactly once, on whatever thread. */
  void write(Flight flight, PieceBuffer bytes, Consumer<FillOutcome> done) {
    switch (enqueue(new Waiting(flight, bytes, done))) {
      case FIRST -> schedule();
      case BEHIND -> {}
      case REFUSED -> {
        metrics.putSkipped();
        done.accept(new FillOutcome.Failed("the disk is behind"));
      }
    }
  }

  private synchronized Place enqueue(Waiting waiting) {
    int lengthBytes = waiting.bytes().lengthBytes();
    if (waitingBytes + lengthBytes > maxWaitingBytes) {
      return Place.REFUSED;
    }
    waitingBytes += lengthBytes;
    queue.add(waiting);
    boolean isFirst = !isScheduled;
    isScheduled = true;
    return isFirst ? Place.FIRST : Place.BEHIND;
  }

  private void schedule() {
    try {
      executor.execute(this::writeRun);
    } catch (RejectedExecutionException e) {
      for (List<Waiting> run = take(); !run.isEmpty(); run = take()) {
        end(run, Collections.nCopies(run.size(), failed(Refusal.CLOSED)));
      }
    }
  }

  private void writeRun() {
    List<Waiting> run = take();
    List<FillOutcome> outcomes = Collections.nCopies(run.size(), failed(Refusal.BROKEN));
    try {
      outcomes =
          store.put(run.stream().map(StoreWriter::put).toList()).stream()
              .map(this::outcome)
              .toList();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("pieces could not be stored", e);
    } finally {
      end(run, outcomes);
    }
    if (isMoreToWrite()) {
      schedule();
    }
  }

  private synchronized boolean isMoreToWrite() {
    isScheduled = !queue.isEmpty();
    return isScheduled;
  }

  private static PieceStore.Put put(Waiting waiting) {
    PartKey key = waiting.flight().key();
    PieceStore.Eviction eviction =
        waiting.flight().wanted() ? PieceStore.Eviction.ANY : PieceStore.Eviction.UNPROTECTED;
    return new PieceStore.Put(key.ordinal(), key.piece(), waiting.bytes(), eviction);
  }

  private synchronized List<Waiting> take() {
    List<Waiting> run = new ArrayList<>();
    long runBytes = 0;
    while (!queue.isEmpty() && (run.isEmpty() || runBytes < MAX_RUN_BYTES)) {
      Waiting next = queue.remove();
      runBytes += next.bytes().lengthBytes();
      run.add(next);
    }
    return run;
  }

  private void end(List<Waiting> run, List<FillOutcome> outcomes) {
    synchronized (this) {
      run.forEach(waiting -> waitingBytes -= waiting.bytes().lengthBytes());
    }
    for (int i = 0; i < run.size(); i++) {
      run.get(i).done().accept(outcomes.get(i));
    }
  }

  private FillOutcome outcome(PieceStore.PutResult result) {
    metrics.put(result);
    return switch (result) {
      case STORED -> new FillOutcome.Stored();
      case FULL -> new FillOutcome.Full();
      case FORGOTTEN -> new FillOutcome.Failed("the version was dropped");
      case FAILED -> new FillOutcome.Failed("the disk refused");
      case PAUSED -> new FillOutcome.Failed("the disk is full");
    };
  }

  private static FillOutcome failed(Refusal refusal) {
    return new FillOutcome.Failed(refusal.unavailable().reason());
  }
}
