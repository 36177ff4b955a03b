package io.weir.edge.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Parts of verified pieces in off-heap memory, up to a byte cap, by Caffeine's W-TinyLFU. The tier
 * owns one reference to each part and releases it at eviction; readers have their own. Any thread.
 */
final class HotTier implements AutoCloseable {
  private final Cache<PartKey, HotPart> parts;
  private final AtomicLong bytes = new AtomicLong();

  HotTier(long capacityBytes) {
    parts =
        Caffeine.newBuilder()
            .maximumWeight(capacityBytes)
            .weigher((PartKey key, HotPart part) -> part.lengthBytes())
            // On the caller's thread: the cap is a cap of memory, not of memory some time later.
            .executor(Runnable::run)
            .removalListener(this::onRemoved)
            .build();
  }

  private void onRemoved(@Nullable PartKey key, @Nullable HotPart part, RemovalCause cause) {
    if (part != null) {
      bytes.addAndGet(-part.lengthBytes());
      part.evict();
    }
  }

  /** Returns owned; null when it is not hot. */
  @Nullable ByteBuf get(PartKey key) {
    HotPart part = parts.getIfPresent(key);
    return part == null ? null : part.retained();
  }

  boolean contains(PartKey key) {
    return parts.asMap().containsKey(key);
  }

  /** Borrows for the call; keeps a reference of its own. */
  void put(PartKey key, ByteBuf part) {
    HotPart hot = new HotPart(part.retainedDuplicate());
    bytes.addAndGet(hot.lengthBytes());
    parts.put(key, hot);
  }

  void evictWhere(LongPredicate ordinal) {
    parts.asMap().keySet().removeIf(key -> ordinal.test(key.ordinal()));
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    parts.invalidateAll();
    parts.cleanUp();
  }
}
