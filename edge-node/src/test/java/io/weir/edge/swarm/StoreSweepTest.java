package io.weir.edge.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import io.weir.edge.store.TestStore;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    long superseded = store("film", 1, TestContent.INFO_HASH);
    long ingesting = store("film", 2, TestContent.INFO_HASH);
    assign(assigned(2, false), null);
    assertFalse(store.has(superseded, 0));
    assertTrue(store.has(ingesting, 0));
    assertEquals(10, cache.storedBytes());
  }

  @Test
  void versionWhoseMetainfoIsMissingKeepsItsPieces() {
    long film = store("film", 1, film().swarmHash());
    assign(assigned(1, true), null);
    assertTrue(store.has(film, 0));
    assign(assigned(1, true), film());
    assertTrue(store.has(film, 0));
  }

  @Test
  void piecesOfAnotherInfoHashGoOnceTheVersionIsReady() {
    long stranger = store("film", 1, TestContent.INFO_HASH);
    assign(assigned(1, false), null);
    assertTrue(store.has(stranger, 0));
    assign(assigned(1, true), film());
    assertFalse(store.has(stranger, 0));
    assertFalse(store.has(catalogue.contents().get(0).cached().ordinal(), 0));
  }

  private static Metainfo film() {
    return TestContent.ofPieces("film", 1, 2).cached().metainfo();
  }

  private static AssignedContent assigned(int contentVersion, boolean ready) {
    return new AssignedContent("film", contentVersion, ready, null, null, List.of("a"), "");
  }

  private void assign(AssignedContent film, @Nullable Metainfo metainfo) {
    catalogue.replace(
        CatalogueSnapshot.of(
            "a",
            new Assignment(2, List.of(film), List.of()),
            content -> metainfo,
            (content, infoHash) ->
                cache.ordinalOf(content.contentId(), content.contentVersion(), infoHash),
            content -> cache.ordinalsOf(content.contentId(), content.contentVersion())));
  }

  private long store(String contentId, int contentVersion, InfoHash infoHash) {
    long ordinal = store.ordinalOf(contentId, contentVersion, infoHash);
    assertEquals(
        PutResult.STORED,
        TestStore.put(store, ordinal, 0, new byte[10], Eviction.ANY, buffers.allocator()));
    return ordinal;
  }
}
