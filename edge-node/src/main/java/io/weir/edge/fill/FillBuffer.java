package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The direct buffer that a piece is read into, by a network thread that may still be writing when a
 * deadline on another thread gives the piece up. Owns the buffer until it is taken or given up,
 * whichever comes first; writes after that are refused. Thread-safe.
 */
final class FillBuffer {
  private @Nullable ByteBuf bytes;

  /** Takes ownership of a buffer whose capacity is the piece's length. */
  FillBuffer(ByteBuf bytes) {
    this.bytes = bytes;
  }

  /** Copies into the piece; false, with nothing copied, once the buffer is gone. */
  synchronized boolean write(int offset, ByteBuffer source) {
    if (bytes == null) {
      return false;
    }
    bytes.setBytes(offset, source);
    return true;
  }

  /** The whole piece, returned owned; null when it was given up. */
  synchronized @Nullable ByteBuf take() {
    ByteBuf taken = bytes;
    bytes = null;
    return taken == null ? null : taken.writerIndex(taken.capacity());
  }

  /** Releases the buffer unless it was taken. */
  synchronized void giveUp() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
