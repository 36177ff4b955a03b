package io.weir.edge.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PartRead;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.cache.PieceCheck;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AssignedFillerTest {
  private static final int PIECE_BYTES = TestContent.PIECE_BYTES;

  private final CountedBuffers buffers = new CountedBuffers();
  private final FakeSource source = new FakeSource(buffers);
  private final MemoryPieceStore store =
      new MemoryPieceStore(20L * PIECE_BYTES, buffers.allocator());
  private final ManualTimer pool = new ManualTimer();
  private final ManualTimer thread = new ManualTimer();
  private final PieceCache cache =
      new PieceCache(
          store,
          source,
          pool,
          pool,
          new ManualTimer(),
          new CacheMetrics(new SimpleMeterRegistry()),
          CacheLimits.around(0),
          thread::nanoTime);
  private final AssignedFiller filler = new AssignedFiller(cache, thread, new Random(1));
  private final TestContent film =
      TestContent.ofPieces("film", store.ordinalOf("film", 1, TestContent.INFO_HASH), 4);
  private final TestContent song =
      TestContent.ofPieces("song", store.ordinalOf("song", 1, TestContent.INFO_HASH), 3);

  @AfterEach
  void nothingLeaks() {
    filler.close();
    cache.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void assignedPiecesAreFilledInOrderTwoAtATime() {
    assign(film, song);
    assertEquals(List.of(0, 1), source.asked());
    answer(film.piece(0));
    assertEquals(List.of(0, 1, 2), source.asked());
    for (int piece = 1; piece < 4; piece++) {
      answer(film.piece(piece));
    }
    for (int piece = 0; piece < 3; piece++) {
      answer(song.piece(piece));
    }
    assertEquals(List.of(0, 1, 2, 3, 0, 1, 2), source.asked());
    assertEquals(4, cache.stored(film.cached()).cardinality());
    assertEquals(3, cache.stored(song.cached()).cardinality());
    assertEquals(List.of(), thread.waiting());
  }

  @Test
  void contentOfOtherNodesIsNotFilled() {
    filler.accept(snapshot(List.of(new Content(film.cached(), List.of(), false))));
    thread.run();
    assertEquals(List.of(), source.asked());
  }

  @Test
  void holdsBackWhileReadersKeepTheCacheBusy() {
    TestContent other =
        TestContent.ofPieces("other", store.ordinalOf("other", 1, TestContent.INFO_HASH), 8);
    List<CompletableFuture<PartRead>> reads = new ArrayList<>();
    for (int piece = 0; piece < 8; piece++) {
      reads.add(cache.read(other.cached(), piece, 0));
    }
    assign(film);
    assertEquals(8, source.asked().size());
    assertEquals(List.of(AssignedFiller.BUSY_PAUSE), thread.waiting());
    for (int piece = 0; piece < 8; piece++) {
      source.fail("gone");
    }
    assertTrue(reads.stream().allMatch(CompletableFuture::isDone));
    thread.advance(AssignedFiller.BUSY_PAUSE);
    assertEquals(10, source.asked().size());
  }

  @Test
  void stopsWhenTheStoreIsFullUntilTheCatalogueChanges() {
    TestContent big =
        TestContent.ofPieces("big", store.ordinalOf("big", 1, TestContent.INFO_HASH), 30);
    cache.retain(Set.of(big.cached().ordinal()), Set.of(big.cached().ordinal()));
    assign(big);
    for (int piece = 0; piece < 22; piece++) {
      answer(big.piece(piece));
    }
    assertEquals(22, source.asked().size());
    assertEquals(List.of(), thread.waiting());
    cache.retain(Set.of(film.cached().ordinal()), Set.of(film.cached().ordinal()));
    assign(film);
    assertEquals(24, source.asked().size());
  }

  @Test
  void failuresBackOffUpToABoundAndOtherContentsGoOn() {
    assign(film, song);
    fail();
    fail();
    Duration first = thread.waiting().get(0);
    assertBetween(AssignedFiller.FIRST_BACKOFF, first);
    thread.advance(first);
    assertEquals(List.of(0, 1, 0, 1), source.asked());
    answer(song.piece(0));
    assertTrue(cache.stored(song.cached()).get(0));
    for (int i = 0; i < 20; i++) {
      fail();
      thread.advance(AssignedFiller.LAST_BACKOFF);
    }
    fail();
    assertBetween(AssignedFiller.LAST_BACKOFF, thread.waiting().get(0));
  }

  @Test
  void failedPieceIsFilledLater() {
    assign(film);
    fail();
    answer(film.piece(1));
    thread.advance(AssignedFiller.FIRST_BACKOFF);
    for (int piece : new int[] {0, 2, 3}) {
      answer(film.piece(piece));
    }
    assertEquals(4, cache.stored(film.cached()).cardinality());
  }

  @Test
  void pieceThatTheStoreLostIsFilledAgain() {
    assign(film);
    for (int piece = 0; piece < 4; piece++) {
      answer(film.piece(piece));
    }
    filler.heal();
    settle();
    assertEquals(4, source.asked().size());
    store.breakPiece(film.cached().ordinal(), 2);
    assertEquals(PieceCheck.Result.BROKEN, new PieceCheck(store).check(film.cached(), 2));
    assertFalse(store.has(film.cached().ordinal(), 2));
    filler.heal();
    settle();
    assertEquals(List.of(0, 1, 2, 3, 2), source.asked());
    answer(film.piece(2));
    assertEquals(4, cache.stored(film.cached()).cardinality());
    filler.heal();
    settle();
    assertEquals(5, source.asked().size());
  }

  @Test
  void nothingIsFilledWhileTheDiskTakesNothingAndAllOnceItDoes() {
    store.unwritable("full");
    assign(film);
    assertEquals(List.of(), source.asked());
    assertEquals(List.of(AssignedFiller.DISK_PAUSE), thread.waiting());
    thread.advance(AssignedFiller.DISK_PAUSE);
    assertEquals(List.of(), source.asked());
    store.unwritable(null);
    thread.advance(AssignedFiller.DISK_PAUSE);
    for (int piece = 0; piece < 4; piece++) {
      answer(film.piece(piece));
    }
    assertEquals(4, cache.stored(film.cached()).cardinality());
  }

  @Test
  void contentThatIsNoLongerAssignedIsLeftAlone() {
    assign(film);
    assign(song);
    fail();
    fail();
    thread.advance(AssignedFiller.LAST_BACKOFF);
    for (int piece = 0; piece < 3; piece++) {
      answer(song.piece(piece));
    }
    assertEquals(List.of(0, 1, 0, 1, 2), source.asked());
    assertTrue(cache.stored(film.cached()).isEmpty());
  }

  @Test
  void closedFillerStartsNothing() {
    filler.close();
    assign(film);
    assertEquals(List.of(), source.asked());
    assertFalse(cache.busy());
  }

  private void assign(TestContent... contents) {
    filler.accept(
        snapshot(
            Arrays.stream(contents)
                .map(content -> new Content(content.cached(), List.of(), true))
                .toList()));
    thread.run();
  }

  private static CatalogueSnapshot snapshot(List<Content> contents) {
    return new CatalogueSnapshot(
        1,
        Map.of(),
        Map.of(),
        contents,
        contents.stream().map(content -> content.cached().ordinal()).collect(Collectors.toSet()));
  }

  private void answer(byte[] bytes) {
    source.answer(bytes);
    settle();
  }

  private void fail() {
    source.fail("origin adapter answered 502");
    settle();
  }

  private void settle() {
    pool.run();
    thread.run();
  }

  private static void assertBetween(Duration most, Duration pause) {
    assertTrue(pause.compareTo(most) <= 0 && pause.compareTo(most.dividedBy(2)) >= 0, "" + pause);
  }
}
