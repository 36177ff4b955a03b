package io.weir.edge.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PieceCacheTest {
  private static final int PIECE_BYTES = TestContent.PIECE_BYTES;

  private final CountedBuffers buffers = new CountedBuffers();
  private final FakeSource source = new FakeSource(buffers);
  private final MemoryPieceStore store =
      new MemoryPieceStore(100L * PIECE_BYTES, buffers.allocator());
  private final TestContent film =
      TestContent.ofPieces("film", store.ordinalOf("film", 1, TestContent.INFO_HASH), 12);
  private ManualTimer executor = new ManualTimer();
  private ManualTimer writer = new ManualTimer();
  private final ManualTimer timer = new ManualTimer();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private PieceCache cache = cacheWithin(CacheLimits.around(8L * PIECE_BYTES));

  @AfterEach
  void nothingLeaks() {
    cache.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void manyReadsOfAColdPieceAreOneFill() {
    List<CompletableFuture<PartRead>> reads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      reads.add(cache.read(film.cached(), 3, 0));
    }
    assertEquals(List.of(3), source.asked());
    source.answer(film.piece(3));
    executor.run();
    reads.forEach(read -> assertFound(3, read));
    assertEquals(200, count("weir.cache.reads", "tier", "fill"));
  }

  @Test
  void shortLastPieceIsServed() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 11, 0);
    source.answer(film.piece(11));
    executor.run();
    assertFound(11, read);
  }

  @Test
  void filledPieceIsHotAndThenStored() {
    fillByReading(0);
    ByteBuf hot = cache.hot(film.cached(), 0, 0);
    assertNotNull(hot);
    hot.release();
    assertFalse(cache.stored(film.cached()).get(0));
    writer.run();
    assertTrue(cache.stored(film.cached()).get(0));
    assertEquals(1, count("weir.cache.reads", "tier", "hot"));
  }

  @Test
  void readersHaveIndicesOfTheirOwn() {
    fillByReading(0);
    ByteBuf one = cache.hot(film.cached(), 0, 0);
    one.skipBytes(PIECE_BYTES);
    ByteBuf other = cache.hot(film.cached(), 0, 0);
    assertEquals(PIECE_BYTES, other.readableBytes());
    one.release();
    other.release();
  }

  @Test
  void corruptFillIsNeverServed() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    source.answer(film.piece(1));
    executor.run();
    assertFalse(read.isDone());
    source.answer(film.piece(2));
    executor.run();
    assertUnavailable("hash", read);
    writer.run();
    assertNull(cache.hot(film.cached(), 0, 0));
    assertEquals(0, store.puts.get());
    assertEquals(2, registry.get("weir.fill.verify.failures").counter().count());
  }

  @Test
  void corruptFillIsAskedForOnceMore() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    source.answer(film.piece(1));
    executor.run();
    source.answer(film.piece(0));
    executor.run();
    assertFound(0, read);
  }

  @Test
  void fillOfAnotherLengthIsNeverServed() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    source.answer(new byte[0]);
    executor.run();
    source.answer(film.piece(11));
    executor.run();
    assertUnavailable("hash", read);
  }

  @Test
  void failedFillIsUnavailableWithTheSourcesReasonAndForgotten() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    source.fail("origin adapter answered 502");
    assertUnavailable("origin adapter answered 502", read);
    fillByReading(0);
    assertEquals(List.of(0, 0), source.asked());
  }

  @Test
  void storedPieceIsServedWithoutAFill() {
    storePiece(5);
    CompletableFuture<PartRead> read = cache.read(film.cached(), 5, 0);
    assertFalse(read.isDone());
    executor.run();
    assertFound(5, read);
    assertEquals(List.of(), source.asked());
    assertEquals(1, count("weir.cache.reads", "tier", "store"));
  }

  @Test
  void storedPieceThatFailsItsFirstCheckIsDroppedAndFilledAgain() {
    storePiece(5);
    store.breakPiece(film.cached().ordinal(), 5);
    CompletableFuture<PartRead> read = cache.read(film.cached(), 5, 0);
    executor.run();
    assertFalse(cache.stored(film.cached()).get(5));
    source.answer(film.piece(5));
    executor.run();
    assertFound(5, read);
    writer.run();
    assertTrue(cache.stored(film.cached()).get(5));
    assertEquals(1, store.losses());
  }

  @Test
  void readBetweenLandingAndStoringStartsNoSecondFill() {
    cache.close();
    cache = cacheWithin(new CacheLimits(0, 10, 1 << 20, 10, 1 << 20, 1000, Duration.ofSeconds(10)));
    fillByReading(0);
    assertNull(cache.hot(film.cached(), 0, 0));
    assertFound(0, cache.read(film.cached(), 0, 0));
    assertEquals(List.of(0), source.asked());
    writer.run();
    CompletableFuture<PartRead> later = cache.read(film.cached(), 0, 0);
    executor.run();
    assertFound(0, later);
    assertEquals(List.of(0), source.asked());
  }

  @Test
  void fullStoreStillServes() {
    MemoryPieceStore tiny = new MemoryPieceStore(1, buffers.allocator());
    tiny.ordinalOf("film", 1, TestContent.INFO_HASH);
    cache.close();
    cache = cacheOver(tiny, CacheLimits.around(8L * PIECE_BYTES));
    fillByReading(0);
    writer.run();
    assertEquals(1, count("weir.store.puts", "result", "full"));
  }

  @Test
  void piecesAreServedUnstoredWhenTheDiskIsBehind() {
    cache.close();
    cache =
        cacheWithin(
            new CacheLimits(
                8L * PIECE_BYTES, 10, 1 << 20, 10, PIECE_BYTES, 1000, Duration.ofSeconds(10)));
    fillByReading(0);
    fillByReading(1);
    writer.run();
    assertTrue(cache.stored(film.cached()).get(0));
    assertFalse(cache.stored(film.cached()).get(1));
    assertEquals(1, registry.get("weir.store.puts.skipped").counter().count());
  }

  @Test
  void readGivesUpAtItsDeadlineAndTheFillGoesOn() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    timer.advance(CacheLimits.around(0).deadline().plusSeconds(1));
    assertUnavailable("no answer in time", read);
    source.answer(film.piece(0));
    executor.run();
    ByteBuf hot = cache.hot(film.cached(), 0, 0);
    assertNotNull(hot);
    hot.release();
  }

  @Test
  void cancelledReadLeaksNothing() {
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    CompletableFuture<PartRead> other = cache.read(film.cached(), 0, 0);
    read.cancel(false);
    source.answer(film.piece(0));
    executor.run();
    assertFound(0, other);
  }

  @Test
  void flightsAreBoundedInNumber() {
    cache.close();
    cache = cacheWithin(new CacheLimits(0, 2, Long.MAX_VALUE, 10, 0, 1000, Duration.ofSeconds(10)));
    CompletableFuture<PartRead> one = cache.read(film.cached(), 0, 0);
    CompletableFuture<PartRead> other = cache.read(film.cached(), 1, 0);
    assertUnavailable("too many pieces are in flight", cache.read(film.cached(), 2, 0));
    assertEquals(1, count("weir.cache.refusals", "reason", "busy"));
    assertFalse(one.isDone() || other.isDone());
  }

  @Test
  void flightsAreBoundedInBytesButOneAlwaysFlies() {
    cache.close();
    cache = cacheWithin(new CacheLimits(0, 10, 1, 10, 0, 1000, Duration.ofSeconds(10)));
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    assertUnavailable("too many pieces are in flight", cache.read(film.cached(), 1, 0));
    source.answer(film.piece(0));
    executor.run();
    assertFound(0, read);
  }

  @Test
  void waitersOfAFlightAreBounded() {
    cache.close();
    cache = cacheWithin(new CacheLimits(0, 10, 1 << 20, 2, 0, 1000, Duration.ofSeconds(10)));
    CompletableFuture<PartRead> one = cache.read(film.cached(), 0, 0);
    CompletableFuture<PartRead> other = cache.read(film.cached(), 0, 0);
    assertUnavailable("too many reads wait", cache.read(film.cached(), 0, 0));
    assertFalse(one.isDone() || other.isDone());
  }

  @Test
  void prefetchMakesHotWhatIsNowhereUntilHalfTheFlightsAreTaken() {
    cache.close();
    cache =
        cacheWithin(
            new CacheLimits(
                8L * PIECE_BYTES, 4, 1 << 20, 10, 1 << 20, 1000, Duration.ofSeconds(10)));
    storePiece(9);
    cache.prefetch(film.cached(), 9);
    cache.prefetch(film.cached(), 0);
    cache.prefetch(film.cached(), 0);
    cache.prefetch(film.cached(), 1);
    cache.prefetch(film.cached(), 2);
    assertEquals(List.of(0, 1), source.asked());
    source.answer(film.piece(0));
    executor.run();
    ByteBuf hot = cache.hot(film.cached(), 0, 0);
    assertNotNull(hot);
    hot.release();
  }

  @Test
  void backgroundFillIsStoredButNotHot() {
    CompletableFuture<FillOutcome> fill = cache.fill(film.cached(), 0);
    source.answer(film.piece(0));
    executor.run();
    writer.run();
    assertEquals(new FillOutcome.Stored(), fill.join());
    assertNull(cache.hot(film.cached(), 0, 0));
    assertEquals(new FillOutcome.Stored(), cache.fill(film.cached(), 0).join());
    assertEquals(List.of(0), source.asked());
  }

  @Test
  void backgroundFillThatAReaderJoinsServesTheReaderToo() {
    CompletableFuture<FillOutcome> fill = cache.fill(film.cached(), 0);
    CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
    source.answer(film.piece(0));
    executor.run();
    assertFound(0, read);
    writer.run();
    assertEquals(new FillOutcome.Stored(), fill.join());
    assertEquals(List.of(0), source.asked());
  }

  @Test
  void backgroundFillStoresAHotPieceWithoutAskingTheSourceAgain() {
    fillByReading(0);
    writer.run();
    store.drop(film.cached().ordinal(), 0);
    CompletableFuture<FillOutcome> fill = cache.fill(film.cached(), 0);
    writer.run();
    assertEquals(new FillOutcome.Stored(), fill.join());
    assertEquals(List.of(0), source.asked());
  }

  @Test
  void backgroundFillEvictsNothingThatIsProtected() {
    MemoryPieceStore small = new MemoryPieceStore(PIECE_BYTES, buffers.allocator());
    small.ordinalOf("film", 1, TestContent.INFO_HASH);
    cache.close();
    cache = cacheOver(small, CacheLimits.around(0));
    long kept = small.ordinalOf("kept", 1, TestContent.INFO_HASH);
    TestStore.put(small, kept, 0, film.piece(1), Eviction.ANY, buffers.allocator());
    cache.retain(Set.of(film.cached().ordinal(), kept), Set.of(kept));
    CompletableFuture<FillOutcome> fill = cache.fill(film.cached(), 0);
    source.answer(film.piece(0));
    executor.run();
    writer.run();
    assertEquals(new FillOutcome.Full(), fill.join());
    assertTrue(small.has(kept, 0));
  }

  @Test
  void pieceOfUnassignedContentIsStoredWhenItIsFilledForTheSecondTime() {
    cache.close();
    cache = cacheWithin(new CacheLimits(0, 10, 1 << 20, 10, 1 << 20, 1000, Duration.ofSeconds(10)));
    cache.retain(Set.of(film.cached().ordinal()), Set.of());
    fillByReading(0);
    writer.run();
    assertFalse(cache.isStored(film.cached(), 0));
    assertEquals(1, registry.get("weir.store.puts.declined").counter().count());
    fillByReading(0);
    writer.run();
    assertTrue(cache.isStored(film.cached(), 0));
    assertEquals(List.of(0, 0), source.asked());
  }

  @Test
  void retainForgetsOnDiskAndInMemory() {
    fillByReading(0);
    writer.run();
    cache.retain(Set.of(), Set.of());
    assertNull(cache.hot(film.cached(), 0, 0));
    assertTrue(cache.stored(film.cached()).isEmpty());
  }

  @Test
  void hotTierStaysWithinItsCap() {
    for (int piece = 0; piece < 12; piece++) {
      fillByReading(piece);
      writer.run();
      assertTrue(registry.get("weir.cache.hot.size").gauge().value() <= 8 * PIECE_BYTES);
    }
  }

  @Test
  void closeAnswersWhoWaitsAndReleasesWhatStillComes() {
    fillByReading(0);
    CompletableFuture<PartRead> waiting = cache.read(film.cached(), 1, 0);
    CompletableFuture<FillOutcome> filling = cache.fill(film.cached(), 2);
    cache.close();
    assertUnavailable("closed", waiting);
    assertInstanceOf(FillOutcome.Failed.class, filling.join());
    assertTrue(cache.stored(film.cached()).get(0));
    source.answer(film.piece(1));
    source.answer(film.piece(2));
    assertUnavailable("closed", cache.read(film.cached(), 3, 0));
  }

  @Test
  void fillsThatKeepFailingMakeTheSourceUnhealthyUntilTheySucceed() {
    for (int i = 0; i < SourceHealth.FAILURES; i++) {
      assertTrue(cache.sourceHealthy(film.cached()));
      CompletableFuture<PartRead> read = cache.read(film.cached(), i, 0);
      source.fail("down");
      assertUnavailable("down", read);
      timer.advance(SourceHealth.FAILING_FOR);
    }
    assertFalse(cache.sourceHealthy(film.cached()));
    assertEquals(1, registry.get("weir.fill.sources.down").gauge().value());
    for (int i = 0; i < SourceHealth.SUCCESSES; i++) {
      fillByReading(i);
    }
    assertTrue(cache.sourceHealthy(film.cached()));
  }

  @Test
  void bytesThatAreWrongCountAsFailures() {
    for (int i = 0; i < SourceHealth.FAILURES; i++) {
      CompletableFuture<PartRead> read = cache.read(film.cached(), 0, 0);
      source.answer(film.piece(1));
      executor.run();
      source.answer(film.piece(1));
      executor.run();
      assertUnavailable("hash", read);
      timer.advance(SourceHealth.FAILING_FOR);
    }
    assertFalse(cache.sourceHealthy(film.cached()));
  }

  @Test
  void pieceIsHotAtOnceAndStoredOnceWritten() {
    fillByReading(2);
    assertTrue(cache.isHot(film.cached(), 2));
    assertFalse(cache.isStored(film.cached(), 2));
    writer.run();
    assertTrue(cache.isStored(film.cached(), 2));
    assertFalse(cache.isHot(film.cached(), 3));
  }

  private PieceCache cacheWithin(CacheLimits limits) {
    return cacheOver(store, limits);
  }

  /** The film is assigned to the node: all of it is stored. */
  private PieceCache cacheOver(MemoryPieceStore over, CacheLimits limits) {
    registry.clear();
    executor = new ManualTimer();
    writer = new ManualTimer();
    PieceCache made =
        new PieceCache(
            over,
            source,
            executor,
            writer,
            timer,
            new CacheMetrics(registry),
            limits,
            timer::nanoTime);
    Set<Long> ordinals = over.ordinalsOf("film", 1);
    made.retain(ordinals, ordinals);
    return made;
  }

  private void fillByReading(int piece) {
    CompletableFuture<PartRead> read = cache.read(film.cached(), piece, 0);
    source.answer(film.piece(piece));
    executor.run();
    assertFound(piece, read);
  }

  private void storePiece(int piece) {
    TestStore.put(
        store,
        film.cached().ordinal(),
        piece,
        film.piece(piece),
        Eviction.ANY,
        buffers.allocator());
  }

  private void assertFound(int piece, CompletableFuture<PartRead> read) {
    assertTrue(read.isDone());
    ByteBuf bytes = assertInstanceOf(PartRead.Found.class, read.join()).bytes();
    assertArrayEquals(film.piece(piece), TestContent.bytesOf(bytes));
    bytes.release();
  }

  private static void assertUnavailable(String reason, CompletableFuture<PartRead> read) {
    assertTrue(read.isDone());
    PartRead.Unavailable answer = assertInstanceOf(PartRead.Unavailable.class, read.join());
    assertTrue(answer.reason().contains(reason), answer.reason());
  }

  private double count(String name, String label, String value) {
    return registry.get(name).tag(label, value).counter().count();
  }
}
