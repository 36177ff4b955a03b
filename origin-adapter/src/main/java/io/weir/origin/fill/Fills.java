package io.weir.origin.fill;

import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.ChunkSource;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.OriginReader;
import io.weir.origin.spool.SpooledChunk;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Where edges' reads begin. Blocking; any thread. */
public final class Fills {
  /** Chunks in memory at once: 256 MiB in the worst case, of pieces of 16 MiB. */
  static final int MAX_CHUNKS_IN_MEMORY = 16;

  private static final Duration CHUNK_DEADLINE = Duration.ofSeconds(30);

  private final ChunkLoader loader;
  private final Flights flights;
  private final OriginMetrics metrics;

  /** Reads through the reader, which stays the caller's. */
  public Fills(OriginReader reader, LongSupplier nanoTime, OriginMetrics metrics) {
    this.loader = new ChunkLoader(reader, CHUNK_DEADLINE, nanoTime, metrics);
    this.flights = new Flights(MAX_CHUNKS_IN_MEMORY, CHUNK_DEADLINE, metrics);
    this.metrics = metrics;
  }

  /**
   * Opens a range of a content, with its first chunk at hand. Returns owned: the caller closes it.
   */
  public FillRead open(IngestedContent content, ByteRange range) throws FillException {
    int firstChunk = (int) (range.first() / content.pieceLengthBytes());
    return new FillRead(this, content, range, chunk(content, firstChunk), metrics);
  }

  ChunkBytes chunk(IngestedContent content, int chunk) throws FillException {
    SpooledChunk spooled = content.shelf().readProven(0, chunk);
    if (spooled != null) {
      metrics.onChunk(ChunkSource.SPOOL);
      return new ChunkBytes.InSpool(spooled);
    }
    return flights.board(content.shelf().key(0, chunk), () -> loader.load(content, chunk));
  }
}
