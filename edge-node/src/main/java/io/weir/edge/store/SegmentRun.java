package io.weir.edge.store;

import io.weir.edge.piece.StoredRun;
import java.nio.channels.FileChannel;

/**
 * Bytes that lie in a segment.
 *
 * @param file one reference, owned
 */
record SegmentRun(SegmentFile file, long positionBytes, int lengthBytes) implements StoredRun {
  @Override
  public FileChannel channel() {
    return file.channel();
  }

  @Override
  public void release() {
    file.release();
  }
}
