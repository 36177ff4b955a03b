package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.metainfo.InfoHash;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Pieces in memory, evicted and counted as on disk; bytes can be broken by the test. */
public final class MemoryPieceStore implements PieceStore {
  private record Key(long ordinal, int piece) {}

  /** Calls of {@link #get} and {@link #put}. */
  public final AtomicInteger gets = new AtomicInteger();

  public final AtomicInteger puts = new AtomicInteger();
  private final AtomicLong losses = new AtomicLong();
  private volatile String unwritable;
  private final Map<Key, byte[]> pieces = new ConcurrentHashMap<>();
  private final HaveMap haveMap;
  private final ByteBufAllocator allocator;

  public MemoryPieceStore(long capacityBytes, ByteBufAllocator allocator) {
    this.haveMap = new HaveMap(capacityBytes);
    this.allocator = allocator;
  }

  /** Takes nothing more for this reason, or anything again for none. */
  public void unwritable(String reason) {
    unwritable = reason;
  }

  /** Flips a bit of a stored piece. */
  public void breakPiece(long ordinal, int piece) {
    pieces.get(new Key(ordinal, piece))[0] ^= 1;
  }

  @Override
  public long ordinalOf(String contentId, int contentVersion, InfoHash infoHash) {
    return haveMap.ordinalOf(contentId, contentVersion, infoHash);
  }

  @Override
  public Set<Long> ordinalsOf(String contentId, int contentVersion) {
    return haveMap.ordinalsOf(contentId, contentVersion);
  }

  @Override
  public BitSet have(long ordinal) {
    return haveMap.have(ordinal);
  }

  @Override
  public boolean has(long ordinal, int piece) {
    return haveMap.has(ordinal, piece);
  }

  @Override
  public ByteBuf get(long ordinal, int piece) {
    gets.incrementAndGet();
    return haveMap.use(ordinal, piece) ? peek(ordinal, piece) : null;
  }

  @Override
  public ByteBuf peek(long ordinal, int piece) {
    byte[] bytes = pieces.get(new Key(ordinal, piece));
    return bytes == null
        ? null
        : allocator.directBuffer(bytes.length, bytes.length).writeBytes(bytes);
  }

  @Override
  public synchronized PutResult put(long ordinal, int piece, ByteBuf bytes, Eviction eviction) {
    puts.incrementAndGet();
    if (unwritable != null) {
      return PutResult.PAUSED;
    }
    HaveMap.PutPlan plan = haveMap.planPut(ordinal, piece, bytes.readableBytes(), eviction);
    if (plan instanceof HaveMap.PutPlan.Go go) {
      go.victims().forEach(victim -> remove(victim.ordinal(), victim.piece()));
      byte[] copy = new byte[bytes.readableBytes()];
      bytes.getBytes(bytes.readerIndex(), copy);
      pieces.put(new Key(ordinal, piece), copy);
      haveMap.add(ordinal, piece, copy.length);
      return PutResult.STORED;
    }
    if (plan instanceof HaveMap.PutPlan.Held) {
      return PutResult.STORED;
    }
    return plan instanceof HaveMap.PutPlan.Full ? PutResult.FULL : PutResult.FORGOTTEN;
  }

  @Override
  public void drop(long ordinal, int piece) {
    losses.incrementAndGet();
    remove(ordinal, piece);
  }

  private void remove(long ordinal, int piece) {
    haveMap.remove(ordinal, piece);
    pieces.remove(new Key(ordinal, piece));
  }

  @Override
  public void retain(Set<Long> ordinals) {
    haveMap.allBut(ordinals).forEach(this::forget);
  }

  private void forget(HeldVersion version) {
    haveMap.forget(version.ordinal());
    pieces.keySet().removeIf(key -> key.ordinal() == version.ordinal());
  }

  @Override
  public void protect(Set<Long> ordinals) {
    haveMap.protect(ordinals);
  }

  @Override
  public long storedBytes() {
    return haveMap.storedBytes();
  }

  @Override
  public long losses() {
    return losses.get();
  }

  @Override
  public String unwritable() {
    return unwritable;
  }

  @Override
  public void close() {}
}
