package io.weir.edge.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreSweepTest {
  private final CountedBuffers buffers = new CountedBuffers();
  private final MemoryPieceStore store = new MemoryPieceStore(100, buffers.allocator());
  private final PieceCache cache =
      new PieceCache(
          store,
          new FakeSource(buffers),
          new ManualTimer(),
          new ManualTimer(),
          new ManualTimer(),
          new CacheMetrics(new SimpleMeterRegistry()),
          CacheLimits.around(0),
          () -> 0);
  private final Catalogue catalogue = new Catalogue(List.of(new StoreSweep(cache)));

  @Test
  void versionsThatTheAssignmentNoLongerNamesLoseTheirPieces() {
    long superseded = store("film", 1);
    long ingesting = store("film", 2);
    catalogue.replace(
        CatalogueSnapshot.of(
            "a",
            new Assignment(
                2,
                List.of(new AssignedContent("film", 2, false, null, null, List.of("a"), "")),
                List.of()),
            content -> null,
            content -> cache.ordinalOf(content.contentId(), content.contentVersion())));
    assertFalse(store.has(superseded, 0));
    assertTrue(store.has(ingesting, 0));
    assertEquals(10, cache.storedBytes());
  }

  private long store(String contentId, int contentVersion) {
    long ordinal = store.ordinalOf(contentId, contentVersion);
    ByteBuf bytes = buffers.of(new byte[10]);
    assertEquals(PutResult.STORED, store.put(ordinal, 0, bytes, Eviction.ANY));
    bytes.release();
    return ordinal;
  }
}
