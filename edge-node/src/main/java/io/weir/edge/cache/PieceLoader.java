package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.log.LogLimit;
import io.weir.edge.store.PieceStore;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the verified bytes of a piece that is not hot: from the store, its hash checked the first
 * time since the start, else from the source, its hash checked always. Disk and hashing happen on
 * the cache's executor; the source is asked on the thread that finds it has to be.
 *
 * <p>Wrong bytes from the source are asked for once more and then given up; wrong bytes in the
 * store are dropped there and filled again.
 */
final class PieceLoader {
  /** Hears, exactly once, how a load ended: an arrival on the executor, a failure on any thread. */
  interface Arrival {
    /** Takes ownership of the piece. */
    void arrived(ByteBuf verified, Tier from);

    /** There is nothing. */
    void failed(Refusal refusal, PieceRead.Unavailable answer);
  }

  private static final Logger LOG = LoggerFactory.getLogger(PieceLoader.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);
  private static final int FILL_ATTEMPTS = 2;

  private final PieceStore store;
  private final PieceSource source;
  private final Executor executor;
  private final VerifiedPieces verified;
  private final SourceHealth health;
  private final CacheMetrics metrics;
  private final LogLimit wrongBytesLog;
  private final LogLimit brokenLog;

  PieceLoader(
      PieceStore store,
      PieceSource source,
      Executor executor,
      VerifiedPieces verified,
      SourceHealth health,
      CacheMetrics metrics,
      LongSupplier nanoTime) {
    this.store = store;
    this.source = source;
    this.executor = executor;
    this.verified = verified;
    this.health = health;
    this.metrics = metrics;
    this.wrongBytesLog = new LogLimit(nanoTime, WARN_INTERVAL);
    this.brokenLog = new LogLimit(nanoTime, WARN_INTERVAL);
  }

  void load(PieceKey key, CachedContent content, Arrival arrival) {
    if (store.has(key.ordinal(), key.piece())) {
      onExecutor(arrival, null, () -> readStore(key, content, arrival));
    } else {
      guarded(arrival, () -> askSource(key, content, arrival, 1));
    }
  }

  private void readStore(PieceKey key, CachedContent content, Arrival arrival) {
    ByteBuf bytes = store.get(key.ordinal(), key.piece());
    if (bytes == null) {
      askSource(key, content, arrival, 1);
    } else if (verified.contains(key)) {
      arrival.arrived(bytes, Tier.STORE);
    } else if (content.isPiece(key.piece(), bytes)) {
      verified.add(key);
      arrival.arrived(bytes, Tier.STORE);
    } else {
      bytes.release();
      wrongBytes(Tier.STORE, key, content);
      store.drop(key.ordinal(), key.piece());
      askSource(key, content, arrival, 1);
    }
  }

  private void askSource(PieceKey key, CachedContent content, Arrival arrival, int attempt) {
    PieceSource.Wanted wanted =
        new PieceSource.Wanted(
            content.contentId(),
            content.contentVersion(),
            content.originAdapter(),
            content.metainfo(),
            key.piece());
    var unused =
        source
            .read(wanted)
            .whenComplete(
                (bytes, failure) -> {
                  if (failure != null) {
                    health.failed(key.ordinal());
                    arrival.failed(Refusal.SOURCE, Refusal.SOURCE.unavailable(reasonOf(failure)));
                  } else {
                    onExecutor(arrival, bytes, () -> check(bytes, key, content, arrival, attempt));
                  }
                });
  }

  private void check(
      ByteBuf bytes, PieceKey key, CachedContent content, Arrival arrival, int attempt) {
    metrics.filled(bytes.readableBytes());
    if (content.isPiece(key.piece(), bytes)) {
      health.succeeded(key.ordinal());
      arrival.arrived(bytes, Tier.FILL);
      return;
    }
    bytes.release();
    health.failed(key.ordinal());
    wrongBytes(Tier.FILL, key, content);
    if (attempt < FILL_ATTEMPTS) {
      askSource(key, content, arrival, attempt + 1);
    } else {
      arrival.failed(Refusal.CORRUPT, Refusal.CORRUPT.unavailable());
    }
  }

  /** Runs a step that ends in an arrival; whatever goes wrong in it, the arrival still comes. */
  private void onExecutor(Arrival arrival, @Nullable ByteBuf owned, Runnable step) {
    try {
      executor.execute(() -> guarded(arrival, step));
    } catch (RejectedExecutionException e) {
      if (owned != null) {
        owned.release();
      }
      arrival.failed(Refusal.CLOSED, Refusal.CLOSED.unavailable());
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

  private void wrongBytes(Tier from, PieceKey key, CachedContent content) {
    metrics.verifyFailed(from);
    long keptBack = wrongBytesLog.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn(
          "piece has the wrong hash from={} contentId={} contentVersion={} piece={} keptBack={}",
          from,
          content.contentId(),
          content.contentVersion(),
          key.piece(),
          keptBack);
    }
  }

  private static String reasonOf(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof FillException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName();
  }
}
