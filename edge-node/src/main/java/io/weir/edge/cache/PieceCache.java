package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** STUB: public signatures are fixed for callers; constructor and bodies to come. */
public final class PieceCache implements AutoCloseable {
  /** The piece if it is hot, retained for the caller (returns owned), else null. Never blocks. */
  public @Nullable ByteBuf hot(CachedContent content, int piece) {
    throw new UnsupportedOperationException();
  }

  /**
   * The piece from hot tier, store or a fill, whichever has it first; one flight however many ask.
   * Never blocks; the future completes on a cache thread (or at once) and never exceptionally.
   */
  public CompletableFuture<PieceRead> read(CachedContent content, int piece) {
    throw new UnsupportedOperationException();
  }

  /**
   * Hint that this piece will be read soon: starts its fill in the background unless the cache is
   * busy.
   */
  public void prefetch(CachedContent content, int piece) {
    throw new UnsupportedOperationException();
  }

  /** Which pieces are stored on disk; snapshot owned by the caller. */
  public BitSet stored(CachedContent content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
