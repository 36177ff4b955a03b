package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.log.LogLimit;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.PieceBuffer;
import io.weir.edge.store.PieceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the verified bytes of what is not hot: a part from the store, its checksum verified; a piece
 * from the source, its hash verified. Disk and hashing happen on the cache's executor; the source
 * is asked on the thread that finds it has to be.
 *
 * <p>Wrong bytes from the source are asked for once more and then given up.
 */
final class PieceLoader {
  /** Hears, exactly once, how a load ended: an arrival on the executor, the rest on any thread. */
  interface Arrival {
    /** Takes ownership. */
    void arrived(PieceBuffer verified, Tier from);

    /** It was to be in the store and is not. */
    void notStored();

    /** There is nothing. */
    void failed(Refusal refusal, PartRead.Unavailable answer);
  }

  private static final Logger LOG = LoggerFactory.getLogger(PieceLoader.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);
  private static final int FILL_ATTEMPTS = 2;

  private final PieceStore store;
  private final PieceSource source;
  private final Executor executor;
  private final SourceHealth health;
  private final CacheMetrics metrics;
  private final LogLimit wrongBytesLog;
  private final LogLimit brokenLog;

  PieceLoader(
      PieceStore store,
      PieceSource source,
      Executor executor,
      SourceHealth health,
      CacheMetrics metrics,
      LongSupplier nanoTime) {
    this.store = store;
    this.source = source;
    this.executor = executor;
    this.health = health;
    this.metrics = metrics;
    this.wrongBytesLog = new LogLimit(nanoTime, WARN_INTERVAL);
    this.brokenLog = new LogLimit(nanoTime, WARN_INTERVAL);
  }

  /** Reads a part from the store. */
  void loadPart(PartKey key, Arrival arrival) {
    onExecutor(
        arrival,
        () -> {
          ByteBuf bytes = store.read(key.ordinal(), key.piece(), key.part());
          if (bytes == null) {
            arrival.notStored();
          } else {
            arrival.arrived(PieceBuffer.of(List.of(bytes)), Tier.STORE);
          }
        });
  }

  /** Brings a whole piece: from the source, unless it is stored by now. */
  void loadPiece(PartKey key, CachedContent content, Arrival arrival) {
    if (store.has(key.ordinal(), key.piece())) {
      onExecutor(arrival, () -> readWhole(key, content, arrival));
    } else {
      guarded(arrival, () -> askSource(key, content, arrival, 1));
    }
  }

  private void readWhole(PartKey key, CachedContent content, Arrival arrival) {
    PieceBuffer piece = readWhole(store, content, key.piece());
    if (piece == null) {
      askSource(key, content, arrival, 1);
    } else {
      arrival.arrived(piece, Tier.STORE);
    }
  }

  /** All parts of a stored piece without a use of it, null where one is missing; returns owned. */
  static @Nullable PieceBuffer readWhole(PieceStore store, CachedContent content, int piece) {
    int parts = Parts.count(content.metainfo().pieceLengthBytes(piece));
    List<ByteBuf> read = new ArrayList<>(parts);
    boolean isWhole = false;
    try {
      for (int part = 0; part < parts; part++) {
        ByteBuf bytes = store.peek(content.ordinal(), piece, part);
        if (bytes == null) {
          return null;
        }
        read.add(bytes);
      }
      isWhole = true;
      return PieceBuffer.of(read);
    } finally {
      if (!isWhole) {
        read.forEach(ByteBuf::release);
      }
    }
  }

  private void askSource(PartKey key, CachedContent content, Arrival arrival, int attempt) {
    PieceSource.Wanted wanted =
        new PieceSource.Wanted(
            content.contentId(),
            content.contentVersion(),
            content.originAdapter(),
            content.metainfo(),
            key.piece());
    var unused =
        source.read(
            wanted,
            new PieceFill(
                content.metainfo().beginPiece(key.piece()),
                step -> onExecutor(arrival, step),
                new PieceFill.Outcome() {
                  @Override
                  public void right(PieceBuffer piece) {
                    metrics.filled(piece.lengthBytes());
                    health.succeeded(key.ordinal());
                    arrival.arrived(piece, Tier.FILL);
                  }

                  @Override
                  public void wrong(int bytes) {
                    metrics.filled(bytes);
                    onWrongBytes(key, content, arrival, attempt);
                  }

                  @Override
                  public void failed(FillException failure) {
                    health.failed(key.ordinal());
                    String reason = String.valueOf(failure.getMessage());
                    arrival.failed(Refusal.SOURCE, Refusal.SOURCE.unavailable(reason));
                  }
                }));
  }

  private void onWrongBytes(PartKey key, CachedContent content, Arrival arrival, int attempt) {
    health.failed(key.ordinal());
    metrics.verifyFailed();
    long keptBack = wrongBytesLog.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn(
          "filled piece has the wrong hash contentId={} contentVersion={} piece={} keptBack={}",
          content.contentId(),
          content.contentVersion(),
          key.piece(),
          keptBack);
    }
    if (attempt < FILL_ATTEMPTS) {
      askSource(key, content, arrival, attempt + 1);
    } else {
      arrival.failed(Refusal.CORRUPT, Refusal.CORRUPT.unavailable());
    }
  }

  /** Runs a step on the way to an arrival; whatever goes wrong in it, the arrival still comes. */
  private boolean onExecutor(Arrival arrival, Runnable step) {
    try {
      executor.execute(() -> guarded(arrival, step));
      return true;
    } catch (RejectedExecutionException e) {
      arrival.failed(Refusal.CLOSED, Refusal.CLOSED.unavailable());
      return false;
    }
  }

  private void guarded(Arrival arrival, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      long keptBack = brokenLog.admit();
      if (keptBack != LogLimit.SILENT) {
        LOG.error("piece could not be loaded keptBack={}", keptBack, e);
      }
      arrival.failed(Refusal.BROKEN, Refusal.BROKEN.unavailable());
    }
  }
}
