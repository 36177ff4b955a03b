package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The hot tier's own reference to a part. A reader may find it at the moment it is evicted; the
 * lock makes that a miss, where retaining a pooled buffer that has been released could hand out
 * another part's bytes. Thread-safe.
 */
final class HotPart {
  private final int lengthBytes;
  private @Nullable ByteBuf bytes;

  /** Takes ownership. */
  HotPart(ByteBuf bytes) {
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
