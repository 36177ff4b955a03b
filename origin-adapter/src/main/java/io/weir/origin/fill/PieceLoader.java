package io.weir.origin.fill;

import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.ChunkSource;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.RangeStream;
import io.weir.origin.source.ReadLimit;
import io.weir.origin.spool.SpooledChunk;
import io.weir.protocol.metainfo.Metainfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a whole chunk into memory: from the spool where it is unproven or has just arrived, else
 * from the origin, and then into the spool. Nothing leaves here that does not match the metainfo.
 * Blocking; any thread.
 */
final class ChunkLoader {
  private static final Logger log = LoggerFactory.getLogger(ChunkLoader.class);

  private final OriginReader reader;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final OriginMetrics metrics;

  ChunkLoader(
      OriginReader reader, Duration deadline, LongSupplier nanoTime, OriginMetrics metrics) {
    this.reader = reader;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
  }

  byte[] load(IngestedContent content, int chunk) throws FillException {
    Metainfo metainfo = metainfo(content);
    byte[] spooled = fromSpool(content, metainfo, chunk);
    metrics.onChunk(spooled == null ? ChunkSource.ORIGIN : ChunkSource.SPOOL);
    return spooled == null ? fromOrigin(content, metainfo, chunk) : spooled;
  }

  private static Metainfo metainfo(IngestedContent content) throws FillException {
    try {
      return content.metainfo();
    } catch (IOException e) {
      throw new FillException(
          FillException.Reason.ADAPTER_FAILED, "metainfo unreadable: " + e.getMessage(), e);
    }
  }

  private static byte @Nullable [] fromSpool(
      IngestedContent content, Metainfo metainfo, int chunk) {
    try (SpooledChunk spooled = content.shelf().read(0, chunk)) {
      if (spooled == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(content.chunkLengthBytes(chunk));
      boolean right = spooled.lengthBytes() == bytes.capacity();
      if (right) {
        spooled.readFully(0, bytes);
        right = metainfo.verify(chunk, bytes.flip());
      }
      content.shelf().prove(0, chunk, right);
      return right ? bytes.array() : null;
    } catch (IOException e) {
      log.warn("Spooled chunk unreadable content={} chunk={}", content.key(), chunk, e);
      content.shelf().prove(0, chunk, false);
      return null;
    }
  }

  private byte[] fromOrigin(IngestedContent content, Metainfo metainfo, int chunk)
      throws FillException {
    long first = (long) chunk * content.pieceLengthBytes();
    ByteRange range = new ByteRange(first, first + content.chunkLengthBytes(chunk));
    ByteBuffer bytes = ByteBuffer.allocate((int) range.lengthBytes());
    try (RangeStream stream =
        reader.read(content.url(), content.object(), range, ReadReason.FILL, limit())) {
      stream.readFully(bytes);
    } catch (OriginException e) {
      throw failure(e);
    }
    bytes.flip();
    if (!metainfo.verify(chunk, bytes)) {
      throw new FillException(
          FillException.Reason.ORIGIN_CHANGED,
          "origin changed: chunk " + chunk + " hashes otherwise");
    }
    content.shelf().put(0, chunk, bytes);
    return bytes.array();
  }

  private ReadLimit limit() {
    long begun = nanoTime.getAsLong();
    return () -> {
      if (nanoTime.getAsLong() - begun > deadline.toNanos()) {
        throw new OriginException(
            Fault.TIMEOUT, "origin took longer than " + deadline.toSeconds() + " s for a chunk");
      }
    };
  }

  private static FillException failure(OriginException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.fault()) {
      case TIMEOUT -> new FillException(FillException.Reason.DEADLINE, message, e);
      case CHANGED -> new FillException(FillException.Reason.ORIGIN_CHANGED, message, e);
      case REFUSED, UNREACHABLE, REJECTED, FAILED, MALFORMED, SHORT, UNSIZED, STOPPED ->
          new FillException(FillException.Reason.ORIGIN_FAILED, message, e);
    };
  }
}
