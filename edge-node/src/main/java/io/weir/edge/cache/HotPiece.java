package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The hot tier's own reference to a piece. A reader may find it at the moment it is evicted; the
 * lock makes that a miss, where retaining a pooled buffer that has been released could hand out
 * another piece's bytes. Thread-safe.
 */
final class HotPiece {
  private final int lengthBytes;
  private @Nullable ByteBuf bytes;

  /** Takes ownership. */
  HotPiece(ByteBuf bytes) {
    this.bytes = bytes;
    this.lengthBytes = bytes.readableBytes();
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** With indices of its own, returned owned; null once evicted. */
  synchronized @Nullable ByteBuf retained() {
    return bytes == null ? null : bytes.retainedDuplicate();
  }

  synchronized void evict() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
