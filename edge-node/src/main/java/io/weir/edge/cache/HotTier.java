package io.weir.edge.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whole verified pieces in off-heap memory, up to a byte cap, by Caffeine's W-TinyLFU. The tier
 * owns one reference to each piece and releases it at eviction; readers have their own. Any thread.
 */
final class HotTier implements AutoCloseable {
  private final Cache<PieceKey, HotPiece> pieces;
  private final AtomicLong bytes = new AtomicLong();

  HotTier(long capacityBytes) {
    pieces =
        Caffeine.newBuilder()
            .maximumWeight(capacityBytes)
            .weigher((PieceKey key, HotPiece piece) -> piece.lengthBytes())
            // On the caller's thread: the cap is a cap of memory, not of memory some time later.
            .executor(Runnable::run)
            .removalListener(this::onRemoved)
            .build();
  }

  private void onRemoved(@Nullable PieceKey key, @Nullable HotPiece piece, RemovalCause cause) {
    if (piece != null) {
      bytes.addAndGet(-piece.lengthBytes());
      piece.evict();
    }
  }

  /** Returns owned; null when it is not hot. */
  @Nullable ByteBuf get(PieceKey key) {
    HotPiece piece = pieces.getIfPresent(key);
    return piece == null ? null : piece.retained();
  }

  boolean contains(PieceKey key) {
    return pieces.asMap().containsKey(key);
  }

  /** Borrows for the call; keeps a reference of its own. */
  void put(PieceKey key, ByteBuf piece) {
    HotPiece hot = new HotPiece(piece.retainedDuplicate());
    bytes.addAndGet(hot.lengthBytes());
    pieces.put(key, hot);
  }

  void evictWhere(LongPredicate ordinal) {
    pieces.asMap().keySet().removeIf(key -> ordinal.test(key.ordinal()));
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    pieces.invalidateAll();
    pieces.cleanUp();
  }
}
