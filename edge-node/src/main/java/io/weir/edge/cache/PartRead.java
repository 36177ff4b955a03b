package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;

/** The answer to a read of a part of a piece. */
public sealed interface PartRead {
  /**
   * Verified bytes of the whole part.
   *
   * @param bytes off-heap, read-only by convention; the receiver owns one reference and releases it
   */
  record Found(ByteBuf bytes) implements PartRead {}

  /**
   * The part cannot be had now.
   *
   * @param reason for logs and answers, without addresses or credentials
   */
  record Unavailable(String reason) implements PartRead {}
}
