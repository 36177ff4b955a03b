package io.weir.edge.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class StoreAdmissionTest {
  private static final int POPULAR = 1_200;
  private static final int ONE_HIT = 2_800;
  private static final int REQUESTS = 12_000;
  private static final double ZIPF = 0.9;
  private static final int HOT_PIECES = 100;
  private static final int STORE_PIECES = 300;

  @Test
  void pieceIsKnownTheSecondTime() {
    StoreAdmission admission = new StoreAdmission(1000);
    for (int piece = 0; piece < 1000; piece++) {
      PartKey key = new PartKey(7, piece, PartKey.WHOLE);
      assertFalse(admission.isKnown(key) && piece < 100, "piece " + piece);
      assertTrue(admission.isKnown(key), "piece " + piece);
    }
  }

  @Test
  void fewAreMistakenForOthers() {
    StoreAdmission admission = new StoreAdmission(10_000);
    int mistaken = 0;
    for (int piece = 0; piece < 10_000; piece++) {
      mistaken += admission.isKnown(new PartKey(piece % 50, piece, PartKey.WHOLE)) ? 1 : 0;
    }
    assertTrue(mistaken < 100, mistaken + " of 10000");
  }

  @Test
  void whatWasAskedForLongAgoIsForgotten() {
    StoreAdmission admission = new StoreAdmission(1000);
    PartKey old = new PartKey(1, 1_000_000, PartKey.WHOLE);
    assertFalse(admission.isKnown(old));
    for (int piece = 0; piece < 2_500; piece++) {
      admission.isKnown(new PartKey(1, piece, PartKey.WHOLE));
    }
    assertFalse(admission.isKnown(old));
  }

  /** Seven pieces of ten are asked for once; the others as web caches see it (Breslau 1999). */
  @Test
  void storesLessThanHalfAndHitsNoLessThanLruThatAdmitsEverything() {
    long seed = System.nanoTime();
    int[] requests = requests(new Random(seed));
    Map<Integer, Boolean> lru = lru(HOT_PIECES + STORE_PIECES);
    int lruHits = 0;
    int lruWrites = 0;
    for (int piece : requests) {
      if (lru.get(piece) != null) {
        lruHits++;
      } else {
        lru.put(piece, true);
        lruWrites++;
      }
    }
    CountedBuffers buffers = new CountedBuffers();
    MemoryPieceStore store =
        new MemoryPieceStore((long) STORE_PIECES * TestContent.PIECE_BYTES, buffers.allocator());
    FakeSource source = new FakeSource(buffers);
    ManualTimer thread = new ManualTimer();
    TestContent film =
        TestContent.ofPieces(
            "film", store.ordinalOf("film", 1, TestContent.INFO_HASH), POPULAR + ONE_HIT);
    PieceCache cache =
        new PieceCache(
            store,
            source,
            thread,
            thread,
            new ManualTimer(),
            new CacheMetrics(new SimpleMeterRegistry()),
            CacheLimits.around((long) HOT_PIECES * TestContent.PIECE_BYTES),
            System::nanoTime);
    cache.retain(Set.of(film.cached().ordinal()), Set.of());
    for (int piece : requests) {
      int before = source.asked().size();
      CompletableFuture<PartRead> read = cache.read(film.cached(), piece, 0);
      thread.run();
      if (source.asked().size() > before) {
        source.answer(film.piece(piece));
        thread.run();
      }
      if (read.join() instanceof PartRead.Found found) {
        found.bytes().release();
      }
    }
    int hits = requests.length - source.asked().size();
    String outcome =
        "hits %d, LRU %d; pieces written %d, LRU %d; seed %d"
            .formatted(hits, lruHits, store.puts.get(), lruWrites, seed);
    assertTrue(hits >= lruHits, outcome);
    assertTrue(store.puts.get() <= lruWrites / 2, outcome);
    cache.close();
    assertEquals(0, buffers.active());
  }

  private static int[] requests(Random random) {
    double[] cumulative = new double[POPULAR];
    double sum = 0;
    for (int rank = 0; rank < POPULAR; rank++) {
      sum += Math.pow(rank + 1, -ZIPF);
      cumulative[rank] = sum;
    }
    List<Integer> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      requests.add(found < 0 ? -found - 1 : found);
    }
    for (int piece = POPULAR; piece < POPULAR + ONE_HIT; piece++) {
      requests.add(piece);
    }
    Collections.shuffle(requests, random);
    return requests.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Map<Integer, Boolean> lru(int capacity) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
        return size() > capacity;
      }
    };
  }
}
