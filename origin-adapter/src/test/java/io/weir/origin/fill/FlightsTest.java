package io.weir.origin.fill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.Spool;
import io.weir.origin.spool.SpoolShelf;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightsTest {
  private static final byte[] BYTES = {1, 2, 3};

  private final OriginMetrics metrics = new OriginMetrics(new SimpleMeterRegistry());
  private final ExecutorService readers = Executors.newCachedThreadPool();
  @TempDir private Path directory;
  private Spool spool;
  private FlightKey piece;
  private FlightKey other;
  private final AtomicInteger loads = new AtomicInteger();

  @BeforeEach
  void prepare() throws Exception {
    spool = new Spool(directory, 1, metrics);
    SpoolShelf shelf = spool.open(new ContentKey("film", 1));
    piece = new FlightKey(shelf, 0);
    other = new FlightKey(shelf, 1);
  }

  @AfterEach
  void close() {
    readers.shutdownNow();
  }

  private Flights flights(int maxPieces, Duration deadline) {
    return new Flights(maxPieces * BYTES.length, deadline, metrics);
  }

  private byte[] load() {
    loads.incrementAndGet();
    return BYTES;
  }

  private static byte[] read(PieceBytes bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void everyoneWhoAsksWhileItFliesSharesOneLoad() throws Exception {
    Flights flights = flights(1, Duration.ofSeconds(20));
    CountDownLatch flying = new CountDownLatch(1);
    CountDownLatch land = new CountDownLatch(1);
    Future<PieceBytes> first =
        readers.submit(
            () ->
                flights.board(
                    piece,
                    BYTES.length,
                    () -> {
                      flying.countDown();
                      awaitQuietly(land);
                      return load();
                    }));
    flying.await();
    List<Future<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          readers.submit(
              () -> {
                try (PieceBytes shared = flights.board(piece, BYTES.length, this::load)) {
                  return read(shared);
                }
              }));
    }
    land.countDown();

    try (PieceBytes held = first.get(20, TimeUnit.SECONDS)) {
      for (Future<byte[]> answer : answers) {
        assertArrayEquals(BYTES, answer.get(20, TimeUnit.SECONDS));
      }
      assertArrayEquals(BYTES, read(held));
    }
    assertEquals(1, loads.get());
  }

  @Test
  void pieceStaysSharedUntilItsLastReaderLeaves() throws Exception {
    Flights flights = flights(1, Duration.ZERO);
    PieceBytes first = flights.board(piece, BYTES.length, this::load);
    PieceBytes second = flights.board(piece, BYTES.length, this::load);
    assertEquals(1, loads.get());

    first.close();
    first.close();
    assertThrows(FillException.class, () -> flights.board(other, BYTES.length, this::load));
    second.close();
    flights.board(other, BYTES.length, this::load).close();
    flights.board(piece, BYTES.length, this::load).close();

    assertEquals(3, loads.get());
  }

  @Test
  void morePiecesThanMemoryIsBoundedForAreBusy() throws Exception {
    Flights flights = flights(1, Duration.ZERO);
    try (PieceBytes held = flights.board(piece, BYTES.length, this::load)) {
      FillException failure =
          assertThrows(FillException.class, () -> flights.board(other, BYTES.length, this::load));
      assertEquals(FillException.Reason.BUSY, failure.reason());
      assertArrayEquals(BYTES, read(held));
    }
  }

  @Test
  void failureGoesToEveryWaiterAndIsForgotten() throws Exception {
    Flights flights = flights(1, Duration.ofSeconds(20));
    CountDownLatch flying = new CountDownLatch(1);
    CountDownLatch land = new CountDownLatch(1);
    Future<PieceBytes> first =
        readers.submit(
            () ->
                flights.board(
                    piece,
                    BYTES.length,
                    () -> {
                      flying.countDown();
                      awaitQuietly(land);
                      throw new FillException(FillException.Reason.ORIGIN_FAILED, "no");
                    }));
    flying.await();
    land.countDown();

    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> first.get(20, TimeUnit.SECONDS));
    assertEquals(FillException.class, failure.getCause().getClass());
    try (PieceBytes retried = flights.board(piece, BYTES.length, this::load)) {
      assertArrayEquals(BYTES, read(retried));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void pieceLongerThanAllRoomFliesAlone() throws Exception {
    Flights flights = new Flights(2, Duration.ZERO, metrics);
    try (PieceBytes held = flights.board(piece, BYTES.length, this::load)) {
      assertThrows(FillException.class, () -> flights.board(other, 1, this::load));
      assertArrayEquals(BYTES, read(held));
    }
    flights.board(other, 1, this::load).close();
  }

  @Test
  void versionRegisteredAnewSharesNoBytesWithTheOneBefore() throws Exception {
    Flights flights = flights(2, Duration.ZERO);
    try (PieceBytes old = flights.board(piece, BYTES.length, this::load)) {
      spool.open(new ContentKey("film", 1)).drop();
      FlightKey anew = new FlightKey(spool.open(new ContentKey("film", 1)), 0);
      flights.board(anew, BYTES.length, this::load).close();
      assertArrayEquals(BYTES, read(old));
    }
    assertEquals(2, loads.get());
  }
}
