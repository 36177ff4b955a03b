package io.weir.edge.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real threads, no clock: what must hold however they are scheduled. */
final class PieceCacheRaceTest {
  private static final int PIECES = 24;
  private static final int THREADS = 8;

  private final CountedBuffers buffers = new CountedBuffers();
  private final MemoryPieceStore store =
      new MemoryPieceStore(Long.MAX_VALUE / 2, buffers.allocator());
  private final TestContent film =
      TestContent.ofPieces("film", store.ordinalOf("film", 1, TestContent.INFO_HASH), PIECES);
  private final AtomicInteger fills = new AtomicInteger();
  private final ExecutorService network = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final ExecutorService readers = Executors.newFixedThreadPool(THREADS);

  @Test
  void concurrentReadsAskTheSourceOnceForEachPiece()
      throws InterruptedException, ExecutionException {
    PieceCache cache = cache(PIECES);
    CountDownLatch together = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int reader = 0; reader < 200; reader++) {
      running.add(
          readers.submit(
              () -> {
                together.await();
                for (int piece = 0; piece < PIECES; piece++) {
                  checkRead(cache, piece);
                }
                return null;
              }));
    }
    together.countDown();
    join(running);
    assertEquals(PIECES, fills.get());
    closeAll(cache);
  }

  @Test
  void readsBesideEvictionsGetTheirPieceAndNoOther()
      throws InterruptedException, ExecutionException {
    long seed = System.nanoTime();
    PieceCache cache = cache(3);
    List<Future<?>> running = new ArrayList<>();
    for (int reader = 0; reader < THREADS; reader++) {
      Random random = new Random(seed + reader);
      running.add(
          readers.submit(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  int piece = random.nextInt(PIECES);
                  ByteBuf hot = cache.hot(film.cached(), piece, 0);
                  if (hot == null) {
                    checkRead(cache, piece);
                  } else {
                    check(piece, hot);
                  }
                }
                return null;
              }));
    }
    join(running);
    assertEquals(PIECES, fills.get(), "seed " + seed);
    closeAll(cache);
  }

  @Test
  void closeBesideReadsAnswersEveryReadAndLeaksNothing()
      throws InterruptedException, ExecutionException {
    PieceCache cache = cache(3);
    CountDownLatch underWay = new CountDownLatch(THREADS * 50);
    List<Future<?>> running = new ArrayList<>();
    for (int reader = 0; reader < THREADS; reader++) {
      Random random = new Random(reader);
      running.add(
          readers.submit(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  underWay.countDown();
                  if (cache.read(film.cached(), random.nextInt(PIECES), 0).get()
                      instanceof PartRead.Found found) {
                    found.bytes().release();
                  }
                }
                return null;
              }));
    }
    underWay.await();
    cache.close();
    join(running);
    closeAll(cache);
  }

  private void checkRead(PieceCache cache, int piece)
      throws InterruptedException, ExecutionException {
    PartRead answer = cache.read(film.cached(), piece, 0).get();
    check(piece, assertInstanceOf(PartRead.Found.class, answer).bytes());
  }

  private void check(int piece, ByteBuf bytes) {
    assertArrayEquals(film.piece(piece), TestContent.bytesOf(bytes));
    bytes.release();
  }

  private PieceCache cache(int hotPieces) {
    PieceSource source =
        (wanted, receiver) -> {
          fills.incrementAndGet();
          network.execute(
              () -> FakeSource.deliver(buffers.pieceOf(film.piece(wanted.piece())), receiver));
          return () -> {};
        };
    PieceCache cache =
        new PieceCache(
            store,
            source,
            Executors.newFixedThreadPool(3),
            Executors.newSingleThreadExecutor(),
            timer,
            new CacheMetrics(new SimpleMeterRegistry()),
            CacheLimits.around((long) hotPieces * TestContent.PIECE_BYTES),
            System::nanoTime);
    cache.retain(Set.of(film.cached().ordinal()), Set.of(film.cached().ordinal()));
    return cache;
  }

  private static void join(List<Future<?>> running)
      throws InterruptedException, ExecutionException {
    for (Future<?> each : running) {
      each.get();
    }
  }

  private void closeAll(PieceCache cache) throws InterruptedException {
    cache.close();
    timer.shutdownNow();
    for (ExecutorService pool : List.of(network, readers, timer)) {
      pool.shutdown();
      assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }
    assertEquals(0, buffers.active());
  }
}
