package io.weir.edge.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.PieceBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens stores as the node does, and puts and gets whole pieces. */
public final class TestStore {
  private static final long PAGE_CACHE_BYTES = 1L << 30;

  private TestStore() {}

  static SegmentPieceStore open(Path directory, long capacityBytes, ByteBufAllocator allocator)
      throws IOException {
    return open(directory, capacityBytes, allocator, new SimpleMeterRegistry());
  }

  static SegmentPieceStore open(
      Path directory, long capacityBytes, ByteBufAllocator allocator, MeterRegistry meters)
      throws IOException {
    return SegmentPieceStore.open(
        directory,
        capacityBytes,
        PAGE_CACHE_BYTES,
        allocator,
        System::nanoTime,
        new StoreMetrics(meters));
  }

  /** Puts one piece. */
  public static PieceStore.PutResult put(
      PieceStore store,
      long ordinal,
      int piece,
      byte[] bytes,
      PieceStore.Eviction eviction,
      ByteBufAllocator allocator) {
    PieceBuffer buffer = PieceBuffer.copyOf(Unpooled.wrappedBuffer(bytes), allocator);
    try {
      return store.put(List.of(new PieceStore.Put(ordinal, piece, buffer, eviction))).get(0);
    } finally {
      buffer.release();
    }
  }

  /** Reads a piece of this length, part by part; null where one is not to be had. */
  static byte[] get(PieceStore store, long ordinal, int piece, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    for (int part = 0; part < Parts.count(lengthBytes); part++) {
      ByteBuf read = store.read(ordinal, piece, part);
      if (read == null) {
        return null;
      }
      try {
        read.readBytes(bytes, Parts.offsetBytes(part), Parts.lengthBytes(part, lengthBytes));
      } finally {
        read.release();
      }
    }
    return bytes;
  }
}
