package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.store.PieceStore;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes verified pieces to the store behind the readers' backs. Pieces that wait are bounded in
 * bytes: what the disk is too slow for is not stored. Any thread may bring a piece; the disk is
 * touched on the executor alone.
 */
final class StoreWriter {
  private final PieceStore store;
  private final Executor executor;
  private final VerifiedPieces verified;
  private final CacheMetrics metrics;
  private final long maxWaitingBytes;
  private final AtomicLong waitingBytes = new AtomicLong();

  StoreWriter(
      PieceStore store,
      Executor executor,
      VerifiedPieces verified,
      CacheMetrics metrics,
      long maxWaitingBytes) {
    this.store = store;
    this.executor = executor;
    this.verified = verified;
    this.metrics = metrics;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /** Borrows the bytes until it is done, which it says exactly once, on whatever thread. */
  void write(Flight flight, ByteBuf bytes, Consumer<FillOutcome> done) {
    int lengthBytes = bytes.readableBytes();
    if (waitingBytes.addAndGet(lengthBytes) > maxWaitingBytes) {
      waitingBytes.addAndGet(-lengthBytes);
      metrics.putSkipped();
      done.accept(new FillOutcome.Failed("the disk is behind"));
      return;
    }
    try {
      executor.execute(() -> put(flight, bytes, lengthBytes, done));
    } catch (RejectedExecutionException e) {
      waitingBytes.addAndGet(-lengthBytes);
      done.accept(failed(Refusal.CLOSED));
    }
  }

  private void put(Flight flight, ByteBuf bytes, int lengthBytes, Consumer<FillOutcome> done) {
    FillOutcome outcome = failed(Refusal.BROKEN);
    try {
      PieceStore.Eviction eviction =
          flight.wanted() ? PieceStore.Eviction.ANY : PieceStore.Eviction.UNPROTECTED;
      PieceKey key = flight.key();
      PieceStore.PutResult result = store.put(key.ordinal(), key.piece(), bytes, eviction);
      metrics.put(result);
      outcome =
          switch (result) {
            case STORED -> new FillOutcome.Stored();
            case FULL -> new FillOutcome.Full();
            case FORGOTTEN -> new FillOutcome.Failed("the version was dropped");
            case FAILED -> new FillOutcome.Failed("the disk refused");
            case PAUSED -> new FillOutcome.Failed("the disk is full");
          };
      if (result == PieceStore.PutResult.STORED) {
        verified.add(key);
      }
    } finally {
      waitingBytes.addAndGet(-lengthBytes);
      done.accept(outcome);
    }
  }

  private static FillOutcome failed(Refusal refusal) {
    return new FillOutcome.Failed(refusal.unavailable().reason());
  }
}
