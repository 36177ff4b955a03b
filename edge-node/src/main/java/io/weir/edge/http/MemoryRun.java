package io.weir.edge.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a body that lie in memory, ready to be sent.
 *
 * @param bytes what is not sent yet; whoever sends moves its position
 * @param piece the part that they lie in, owned until {@link #release}; null where they are of no
 *     content but made for this answer
 */
record MemoryRun(ByteBuffer bytes, @Nullable ByteBuf piece) implements BodyRun {
  @Override
  public long contentBytes() {
    return piece == null ? 0 : bytes.remaining();
  }

  @Override
  public boolean isSent() {
    return !bytes.hasRemaining();
  }

  @Override
  public void release() {
    if (piece != null) {
      piece.release();
    }
  }
}
