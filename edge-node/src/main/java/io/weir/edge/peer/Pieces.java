package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import io.weir.edge.cache.PieceCache;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What sessions need of the piece cache, so that they can be tested without one. */
interface Pieces {
  /** See {@link PieceCache#hot}; returns owned. */
  @Nullable ByteBuf hot(CachedContent content, int piece, int part);

  /** See {@link PieceCache#read}; what is found is returned owned. */
  CompletableFuture<PartRead> read(CachedContent content, int piece, int part);

  /** See {@link PieceCache#prefetch}. */
  void prefetch(CachedContent content, int piece);

  /** See {@link PieceCache#isHot}. */
  boolean isHot(CachedContent content, int piece);

  /** See {@link PieceCache#isStored}. */
  boolean isStored(CachedContent content, int piece);

  /** See {@link PieceCache#stored}. */
  BitSet stored(CachedContent content);

  /** See {@link PieceCache#sourceHealthy}. */
  boolean sourceHealthy(CachedContent content);

  /** The real ones. */
  static Pieces of(PieceCache cache) {
    return new Pieces() {
      @Override
      public @Nullable ByteBuf hot(CachedContent content, int piece, int part) {
        return cache.hot(content, piece, part);
      }

      @Override
      public CompletableFuture<PartRead> read(CachedContent content, int piece, int part) {
        return cache.read(content, piece, part);
      }

      @Override
      public void prefetch(CachedContent content, int piece) {
        cache.prefetch(content, piece);
      }

      @Override
      public boolean isHot(CachedContent content, int piece) {
        return cache.isHot(content, piece);
      }

      @Override
      public boolean isStored(CachedContent content, int piece) {
        return cache.isStored(content, piece);
      }

      @Override
      public BitSet stored(CachedContent content) {
        return cache.stored(content);
      }

      @Override
      public boolean sourceHealthy(CachedContent content) {
        return cache.sourceHealthy(content);
      }
    };
  }
}
