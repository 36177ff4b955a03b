package io.weir.origin.fill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.spool.ChunkKey;
import io.weir.origin.spool.ContentKey;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.api.Test;

final class FlightsTest {
  private static final ChunkKey CHUNK = new ChunkKey(new ContentKey("film", 1), 0, 0);
  private static final ChunkKey OTHER = new ChunkKey(new ContentKey("film", 1), 0, 1);
  private static final byte[] BYTES = {1, 2, 3};

  private final OriginMetrics metrics = new OriginMetrics(new SimpleMeterRegistry());
  private final ExecutorService readers = Executors.newCachedThreadPool();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    readers.shutdownNow();
  }

  private Flights flights(int maxChunks, Duration deadline) {
    return new Flights(maxChunks, deadline, metrics);
  }

  private byte[] load() {
    loads.incrementAndGet();
    return BYTES;
  }

  private static byte[] read(ChunkBytes chunk) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chunk.writeTo(out, 0, BYTES.length);
    return out.toByteArray();
  }

  @Test
  void everyoneWhoAsksWhileItFliesSharesOneLoad() throws Exception {
    Flights flights = flights(1, Duration.ofSeconds(20));
    CountDownLatch flying = new CountDownLatch(1);
    CountDownLatch land = new CountDownLatch(1);
    Future<ChunkBytes> first =
        readers.submit(
            () ->
                flights.board(
                    CHUNK,
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
                try (ChunkBytes chunk = flights.board(CHUNK, this::load)) {
                  return read(chunk);
                }
              }));
    }
    land.countDown();

    try (ChunkBytes held = first.get(20, TimeUnit.SECONDS)) {
      for (Future<byte[]> answer : answers) {
        assertArrayEquals(BYTES, answer.get(20, TimeUnit.SECONDS));
      }
      assertArrayEquals(BYTES, read(held));
    }
    assertEquals(1, loads.get());
  }

  @Test
  void chunkStaysSharedUntilItsLastReaderLeaves() throws Exception {
    Flights flights = flights(1, Duration.ZERO);
    ChunkBytes first = flights.board(CHUNK, this::load);
    ChunkBytes second = flights.board(CHUNK, this::load);
    assertEquals(1, loads.get());

    first.close();
    first.close();
    assertThrows(FillException.class, () -> flights.board(OTHER, this::load));
    second.close();
    flights.board(OTHER, this::load).close();
    flights.board(CHUNK, this::load).close();

    assertEquals(3, loads.get());
  }

  @Test
  void moreChunksThanMemoryIsBoundedForAreBusy() throws Exception {
    Flights flights = flights(1, Duration.ZERO);
    try (ChunkBytes held = flights.board(CHUNK, this::load)) {
      FillException failure =
          assertThrows(FillException.class, () -> flights.board(OTHER, this::load));
      assertEquals(FillException.Reason.BUSY, failure.reason());
      assertArrayEquals(BYTES, read(held));
    }
  }

  @Test
  void failureGoesToEveryWaiterAndIsForgotten() throws Exception {
    Flights flights = flights(1, Duration.ofSeconds(20));
    CountDownLatch flying = new CountDownLatch(1);
    CountDownLatch land = new CountDownLatch(1);
    Future<ChunkBytes> first =
        readers.submit(
            () ->
                flights.board(
                    CHUNK,
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
    try (ChunkBytes retried = flights.board(CHUNK, this::load)) {
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
}
