package io.weir.origin.fill;

import io.weir.origin.fill.FillException.Reason;
import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.PieceSource;
import io.weir.origin.spool.SpooledPiece;
import io.weir.protocol.metainfo.Metainfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a whole piece into memory: from the spool where it is unproven or has just arrived, else
 * from the origin. Nothing leaves here that does not match every hash of the metainfo. Blocking;
 * any thread.
 */
final class PieceLoader {
  private static final Logger log = LoggerFactory.getLogger(PieceLoader.class);

  private final OriginRuns origins;
  private final Duration patience;
  private final OriginMetrics metrics;

  /**
   * Borrows the runs.
   *
   * @param patience longest wait for an origin, waiting for a turn included
   */
  PieceLoader(OriginRuns origins, Duration patience, OriginMetrics metrics) {
    this.origins = origins;
    this.patience = patience;
    this.metrics = metrics;
  }

  byte[] load(IngestedContent content, IngestedContent.Parts parts, int piece)
      throws FillException {
    byte[] spooled = fromSpool(content, parts.metainfo(), piece);
    metrics.onPiece(spooled == null ? PieceSource.ORIGIN : PieceSource.SPOOL);
    return spooled == null ? fromOrigin(new PieceAsk(content, parts, piece)) : spooled;
  }

  private static byte @Nullable [] fromSpool(
      IngestedContent content, Metainfo metainfo, int piece) {
    try (SpooledPiece spooled = content.shelf().read(piece)) {
      if (spooled == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(metainfo.pieceLengthBytes(piece));
      boolean right = spooled.lengthBytes() == bytes.capacity();
      if (right) {
        spooled.readFully(0, bytes);
        right = metainfo.verifyEveryHash(piece, bytes.flip());
      }
      content.shelf().prove(piece, right);
      return right ? bytes.array() : null;
    } catch (IOException e) {
      log.warn("Spooled piece unreadable content={} piece={}", content.key(), piece, e);
      content.shelf().prove(piece, false);
      return null;
    }
  }

  private byte[] fromOrigin(PieceAsk ask) throws FillException {
    origins.ask(ask);
    try {
      return ask.bytes().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      origins.withdraw(ask);
      throw new FillException(Reason.DEADLINE, "too much is asked of the origin", e);
    } catch (InterruptedException e) {
      origins.withdraw(ask);
      Thread.currentThread().interrupt();
      throw new FillException(Reason.BUSY, "the adapter is closing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FillException cause) {
        throw new FillException(cause.reason(), String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException("reading the piece broke", e.getCause());
    }
  }
}
