package io.weir.origin.fill;

import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.ByteRange;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One edge's read of a range: chunk after chunk, one at a time, so that a long range needs no more
 * memory than a short one. One thread; owned by whoever opened it.
 */
public final class FillRead implements Closeable {
  private final Fills fills;
  private final IngestedContent content;
  private final ByteRange range;
  private final OriginMetrics metrics;
  private ChunkBytes current;

  FillRead(
      Fills fills,
      IngestedContent content,
      ByteRange range,
      ChunkBytes first,
      OriginMetrics metrics) {
    this.fills = fills;
    this.content = content;
    this.range = range;
    this.current = first;
    this.metrics = metrics;
  }

  /**
   * Writes the whole range, once.
   *
   * @throws FillException if a later chunk cannot be had; the bytes before it are written by then
   */
  public void writeTo(OutputStream out) throws IOException, FillException {
    long position = range.first();
    while (true) {
      int chunk = (int) (position / content.pieceLengthBytes());
      long chunkStart = (long) chunk * content.pieceLengthBytes();
      int from = (int) (position - chunkStart);
      int to = (int) Math.min(content.chunkLengthBytes(chunk), range.end() - chunkStart);
      current.writeTo(out, from, to);
      metrics.onServedBytes(to - from);
      position = chunkStart + to;
      if (position == range.end()) {
        return;
      }
      current.close();
      current = fills.chunk(content, chunk + 1);
    }
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
