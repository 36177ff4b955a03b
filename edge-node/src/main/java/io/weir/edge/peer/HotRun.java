package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.edge.cache.CachedContent;
import org.jspecify.annotations.Nullable;

/**
 * The memory that was looked up last, for the run of blocks that lie in it: peers ask for a piece's
 * blocks one after the other, and one look into the cache does for all of them. The one place that
 * knows how much of a piece a look brings. Confined to the channel's event loop.
 */
final class HotRun {
  private final Pieces pieces;
  private int piece;
  private @Nullable ByteBuf bytes;

  HotRun(Pieces pieces) {
    this.pieces = pieces;
  }

  /** Whether this piece's blocks are in what was looked up last. */
  boolean covers(int wanted) {
    return bytes != null && piece == wanted;
  }

  /** Looks this piece up; false if it is not hot. What it finds is held until {@link #release}. */
  boolean find(CachedContent content, int wanted) {
    release();
    piece = wanted;
    bytes = pieces.hot(content, wanted);
    return bytes != null;
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
