package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.fixture.Await;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.piece.Parts;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.wire.WireMessage;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of several parts over the wire, whatever blocks a peer asks for. */
final class PeerPartsIT {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int PIECES = 3;

  private final CountedBuffers buffers = new CountedBuffers();
  private final MemoryPieceStore store = new MemoryPieceStore(1L << 30, buffers.allocator());
  private final TestContent film =
      TestContent.ofPieces(
          "film", store.ordinalOf("film", 1, TestContent.INFO_HASH), PIECES, PIECE_BYTES);
  private final AtomicInteger fills = new AtomicInteger();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private PieceCache cache;
  private PeerServer server;

  @BeforeEach
  void start() throws Exception {
    cache =
        new PieceCache(
            store,
            this::fill,
            Executors.newFixedThreadPool(2),
            Executors.newSingleThreadExecutor(),
            timer,
            new CacheMetrics(new SimpleMeterRegistry()),
            CacheLimits.around(Parts.BYTES),
            System::nanoTime);
    Set<Long> ordinals = Set.of(film.cached().ordinal());
    cache.retain(ordinals, ordinals);
    server =
        PeerServer.start(
            new ListenAddress("127.0.0.1", 0),
            PeerLimits.defaults(),
            Catalogues.of(Catalogues.content(film)),
            cache,
            System::nanoTime,
            new Random(7),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void nothingLeaks() {
    server.close();
    cache.close();
    timer.shutdownNow();
    assertEquals(0, buffers.active(), "buffers not released");
  }

  /** 12,000 bytes do not divide a part: one block in twenty-two lies in two. */
  @ParameterizedTest
  @ValueSource(ints = {12_000, 16_384})
  void everyBlockIsRightWhetherFilledOrStored(int blockBytes) throws Exception {
    for (int round = 0; round < 2; round++) {
      try (TestLeecher leecher =
          new TestLeecher(server.address(), film.cached().metainfo().swarmHash(), true)) {
        byte[] downloaded = leecher.download(film.cached().metainfo(), blockBytes);
        assertArrayEquals(film.bytes(), downloaded, "round " + round);
      }
      Await.until("all is stored", () -> cache.stored(film.cached()).cardinality() == PIECES);
    }
    assertEquals(PIECES, fills.get());
  }

  @Test
  void blockOfAStoredPieceReadsItsPartAlone() throws Exception {
    try (TestLeecher leecher =
        new TestLeecher(server.address(), film.cached().metainfo().swarmHash(), true)) {
      leecher.download(film.cached().metainfo(), 16_384);
    }
    Await.until("all is stored", () -> cache.stored(film.cached()).cardinality() == PIECES);
    int before = store.gets.get();
    try (TestLeecher leecher =
        new TestLeecher(server.address(), film.cached().metainfo().swarmHash(), true)) {
      leecher.send(new WireMessage.Interested());
      leecher.receive(WireMessage.Unchoke.class);
      for (int piece = 0; piece < PIECES; piece++) {
        leecher.send(new WireMessage.Request(piece, 2 * Parts.BYTES, 16_384));
        leecher.receive(WireMessage.Piece.class);
      }
    }
    int read = store.gets.get() - before;
    assertTrue(read > 0 && read <= PIECES, read + " parts read for " + PIECES + " blocks");
  }

  private PieceSource.Reading fill(PieceSource.Wanted wanted, PieceSource.Receiver receiver) {
    fills.incrementAndGet();
    int from = wanted.piece() * PIECE_BYTES;
    int to = Math.min(film.bytes().length, from + PIECE_BYTES);
    FakeSource.deliver(buffers.pieceOf(Arrays.copyOfRange(film.bytes(), from, to)), receiver);
    return () -> {};
  }
}
