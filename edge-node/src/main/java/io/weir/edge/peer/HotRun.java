package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.edge.cache.CachedContent;
import org.jspecify.annotations.Nullable;

/**
 * The part that was looked up last, for the run of blocks that lie in it: peers ask for a piece's
 * blocks one after the other, and one look into the cache does for all of them. Confined to the
 * channel's event loop.
 */
final class HotRun {
  private final Pieces pieces;
  private final PartNumbers numbers;
  private int number;
  private @Nullable ByteBuf bytes;

  HotRun(Pieces pieces, PartNumbers numbers) {
    this.pieces = pieces;
    this.numbers = numbers;
  }

  /** Whether this part is what was looked up last. */
  boolean covers(int wanted) {
    return bytes != null && number == wanted;
  }

  /** Looks this part up; false if it is not hot. What it finds is held until {@link #release}. */
  boolean find(CachedContent content, int wanted) {
    release();
    number = wanted;
    bytes = pieces.hot(content, numbers.piece(wanted), numbers.part(wanted));
    return bytes != null;
  }

  /**
   * Looks up this part and the one after it, for a block that lies in both; returns owned, null
   * unless both are hot.
   */
  @Nullable ByteBuf findTwo(CachedContent content, int first) {
    ByteBuf one = pieces.hot(content, numbers.piece(first), numbers.part(first));
    if (one == null) {
      return null;
    }
    ByteBuf other = pieces.hot(content, numbers.piece(first + 1), numbers.part(first + 1));
    if (other == null) {
      one.release();
      return null;
    }
    return Unpooled.wrappedBuffer(one, other);
  }

  /** Of what was found; borrowed until {@link #release}. */
  ByteBuf bytes() {
    return bytes == null ? Unpooled.EMPTY_BUFFER : bytes;
  }

  /** Lets go of what is held, if anything. */
  void release() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
