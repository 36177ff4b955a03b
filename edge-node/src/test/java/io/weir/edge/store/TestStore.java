package io.weir.edge.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;

/** Opens stores as the node does. */
final class TestStore {
  private TestStore() {}

  static RocksPieceStore open(Path directory, long capacityBytes, ByteBufAllocator allocator)
      throws IOException {
    return open(directory, capacityBytes, allocator, new SimpleMeterRegistry());
  }

  static RocksPieceStore open(
      Path directory, long capacityBytes, ByteBufAllocator allocator, MeterRegistry meters)
      throws IOException {
    return RocksPieceStore.open(
        directory, capacityBytes, allocator, System::nanoTime, new StoreMetrics(meters));
  }
}
