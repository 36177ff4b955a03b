package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.StoredRun;
import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Pieces in memory, evicted and counted as on disk; bytes can be broken by the test. */
public final class MemoryPieceStore implements PieceStore {
  private record Key(long ordinal, int piece) {}

  /** Calls of {@link #read}, and pieces of {@link #put}. */
  public final AtomicInteger gets = new AtomicInteger();

  public final AtomicInteger puts = new AtomicInteger();
  private final AtomicLong losses = new AtomicLong();
  private volatile String unwritable;
  private final Map<Key, byte[]> pieces = new ConcurrentHashMap<>();
  private final Set<Key> broken = ConcurrentHashMap.newKeySet();
  private final HaveMap haveMap;
  private int segments;
  private final ByteBufAllocator allocator;

  public MemoryPieceStore(long capacityBytes, ByteBufAllocator allocator) {
    this.haveMap = new HaveMap(capacityBytes, 0);
    this.allocator = allocator;
  }

  /** Takes nothing more for this reason, or anything again for none. */
  public void unwritable(String reason) {
    unwritable = reason;
  }

  /** Has the checksum of a stored piece be wrong. */
  public void breakPiece(long ordinal, int piece) {
    broken.add(new Key(ordinal, piece));
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
  public ByteBuf read(long ordinal, int piece, int part) {
    gets.incrementAndGet();
    return read(ordinal, piece, part, true);
  }

  @Override
  public ByteBuf peek(long ordinal, int piece, int part) {
    return read(ordinal, piece, part, false);
  }

  private ByteBuf read(long ordinal, int piece, int part, boolean isUse) {
    byte[] bytes = pieces.get(new Key(ordinal, piece));
    if (bytes == null || haveMap.part(ordinal, piece, part, isUse) == null) {
      return null;
    }
    if (broken.contains(new Key(ordinal, piece))) {
      drop(ordinal, piece);
      return null;
    }
    int length = Parts.lengthBytes(part, bytes.length);
    return allocator
        .directBuffer(length, length)
        .writeBytes(bytes, Parts.offsetBytes(part), length);
  }

  @Override
  public StoredRun run(long ordinal, int piece, int offsetBytes, int maxBytes) {
    return null;
  }

  @Override
  public synchronized List<PutResult> put(List<Put> run) {
    return run.stream().map(this::put).toList();
  }

  private PutResult put(Put put) {
    puts.incrementAndGet();
    if (unwritable != null) {
      return PutResult.PAUSED;
    }
    int lengthBytes = put.bytes().lengthBytes();
    HaveMap.PutPlan plan = haveMap.planPut(put.ordinal(), put.piece(), lengthBytes, put.eviction());
    if (plan instanceof HaveMap.PutPlan.Go go) {
      go.victims().forEach(this::evict);
      store(put, lengthBytes);
      return PutResult.STORED;
    }
    if (plan instanceof HaveMap.PutPlan.Held) {
      return PutResult.STORED;
    }
    return plan instanceof HaveMap.PutPlan.Full ? PutResult.FULL : PutResult.FORGOTTEN;
  }

  /** A segment a piece, so that eviction is by the piece. */
  private void store(Put put, int lengthBytes) {
    haveMap.found(++segments, lengthBytes, false);
    ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
    for (ByteBuffer part : put.bytes().toBuffers()) {
      bytes.put(part);
    }
    Key key = new Key(put.ordinal(), put.piece());
    broken.remove(key);
    pieces.put(key, bytes.array());
    haveMap.add(
        put.ordinal(),
        put.piece(),
        new HaveRow(new Placed(segments, 0, lengthBytes), new int[Parts.count(lengthBytes)]),
        true);
  }

  private void evict(int segment) {
    haveMap.piecesIn(segment).forEach(n -> pieces.remove(new Key(n.ordinal(), n.piece())));
    haveMap.removeSegment(segment);
  }

  @Override
  public void drop(long ordinal, int piece) {
    losses.incrementAndGet();
    remove(ordinal, piece);
  }

  private void remove(long ordinal, int piece) {
    haveMap.remove(ordinal, piece);
    pieces.remove(new Key(ordinal, piece));
    haveMap.dead().forEach(haveMap::removeSegment);
  }

  @Override
  public void retain(Set<Long> ordinals) {
    haveMap.allBut(ordinals).forEach(this::forget);
  }

  private void forget(HeldVersion version) {
    haveMap.forget(version.ordinal());
    haveMap.dead().forEach(haveMap::removeSegment);
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
