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

  /** Looks this up; false if it is not hot. What it finds is held until {@link #release}. */
  boolean find(CachedContent content, int wanted) {
    release();
    number = wanted;
    int piece = numbers.piece(wanted);
    int part = numbers.part(wanted);
    bytes = pieces.hot(content, piece, part);
    if (bytes != null && PartNumbers.isOfTwo(wanted)) {
      bytes = withNext(bytes, pieces.hot(content, piece, part + 1));
    }
    return bytes != null;
  }

  /** Takes ownership of both, returns owned; null where there is no second. */
  private static @Nullable ByteBuf withNext(ByteBuf first, @Nullable ByteBuf second) {
    if (second == null) {
      first.release();
      return null;
    }
    return Unpooled.wrappedBuffer(first, second);
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
