package io.weir.edge.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.cache.PieceCheck;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.TestStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScrubberTest {
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = TestContent.PIECE_BYTES;

  private final CountedBuffers buffers = new CountedBuffers();
  private final MemoryPieceStore store =
      new MemoryPieceStore(100L * PIECE_BYTES, buffers.allocator());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ManualTimer pool = new ManualTimer();
  private final ManualTimer thread = new ManualTimer();
  private final PieceCache cache =
      new PieceCache(
          store,
          new FakeSource(buffers),
          pool,
          pool,
          new ManualTimer(),
          new CacheMetrics(meters),
          CacheLimits.around(0),
          thread::nanoTime);
  private final TestContent film = content("film");
  private final TestContent song = content("song");
  private final Catalogue catalogue = new Catalogue();
  private final Scrubber scrubber =
      new Scrubber(
          cache,
          new PieceCheck(store),
          catalogue,
          thread,
          new ScrubMetrics(meters, thread::nanoTime),
          PIECE_BYTES);

  @BeforeEach
  void holdBoth() {
    for (TestContent content : List.of(film, song)) {
      for (int piece = 0; piece < PIECES; piece++) {
        TestStore.put(
            store,
            content.cached().ordinal(),
            piece,
            content.piece(piece),
            Eviction.ANY,
            buffers.allocator());
      }
    }
    catalogue.replace(
        Catalogues.of(
                new Content(film.cached(), List.of(), true),
                new Content(song.cached(), List.of(), false))
            .snapshot());
    scrubber.start();
  }

  @AfterEach
  void nothingLeaks() {
    cache.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void everyStoredPieceIsCheckedAtTheRate() {
    thread.advance(Scrubber.FIRST_PAUSE);
    assertEquals(1, checked("sound"));
    for (int second = 1; second < 2 * PIECES; second++) {
      thread.advance(Duration.ofSeconds(1));
      assertEquals(second + 1, checked("sound"));
    }
    thread.advance(Duration.ofSeconds(10));
    assertEquals(2 * PIECES, checked("sound"));
    assertEquals(0, checked("broken"));
    assertEquals(
        film.bytes().length + song.bytes().length, meters.counter("weir.scrub.bytes").count());
  }

  @Test
  void passesFollowEachOtherAnIntervalApart() {
    thread.advance(Scrubber.FIRST_PAUSE);
    runPass();
    assertEquals(2 * PIECES, checked("sound"));
    double age = meters.get("weir.scrub.pass.age").gauge().value();
    assertTrue(age < 10, "seconds since the pass: " + age);
    thread.advance(Scrubber.PASS_INTERVAL);
    runPass();
    assertEquals(4 * PIECES, checked("sound"));
  }

  @Test
  void brokenPieceIsDroppedAndTheOthersStay() {
    store.breakPiece(film.cached().ordinal(), 1);
    thread.advance(Scrubber.FIRST_PAUSE);
    runPass();
    assertEquals(1, checked("broken"));
    assertEquals(2 * PIECES - 1, checked("sound"));
    assertFalse(store.has(film.cached().ordinal(), 1));
    assertEquals(1, store.losses());
    assertEquals(PIECES, store.have(song.cached().ordinal()).cardinality());
  }

  @Test
  void holdsBackWhileReadersKeepTheCacheBusy() {
    TestContent cold = TestContent.ofPieces("cold", 9, 8);
    for (int piece = 0; piece < 8; piece++) {
      assertFalse(cache.read(cold.cached(), piece, 0).isDone());
    }
    assertTrue(cache.busy());
    thread.advance(Scrubber.FIRST_PAUSE);
    runPass();
    assertEquals(0, checked("sound"));
    assertEquals(List.of(Scrubber.BUSY_PAUSE), thread.waiting());
  }

  @Test
  void contentThatGoesDuringAPassIsPassedOver() {
    thread.advance(Scrubber.FIRST_PAUSE);
    cache.retain(Set.of(song.cached().ordinal()), Set.of());
    runPass();
    assertEquals(1 + PIECES, checked("sound"));
    assertEquals(0, checked("broken"));
  }

  @Test
  void storeThatIsShutDownEndsTheScrub() {
    thread.shutdown();
    thread.advance(Scrubber.FIRST_PAUSE);
    assertEquals(List.of(), thread.waiting());
  }

  private void runPass() {
    for (int second = 0; second < 2 * PIECES; second++) {
      thread.advance(Duration.ofSeconds(1));
    }
  }

  private double checked(String result) {
    return meters.get("weir.scrub.pieces").tag("result", result).counter().count();
  }

  private TestContent content(String contentId) {
    long ordinal = store.ordinalOf(contentId, 1, TestContent.INFO_HASH);
    return TestContent.ofPieces(contentId, ordinal, PIECES);
  }
}
