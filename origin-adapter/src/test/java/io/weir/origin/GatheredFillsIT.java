package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces that wait while all reads of their origin are under way. */
final class GatheredFillsIT {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int PIECES = 24;
  private static final int LENGTH_BYTES = PIECES * PIECE_BYTES - 100;

  @TempDir private Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Map<Integer, CompletableFuture<HttpResponse<byte[]>>> answers = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ScriptedOrigin origin;
  private AdapterRig rig;

  /** One connection to the origin, which is taken by piece 0 until the gate opens. */
  @BeforeEach
  void ingestAndHold() throws Exception {
    origin = new ScriptedOrigin(LENGTH_BYTES);
    rig = new AdapterRig(directory);
    OriginAdapterConfig.Origins origins = rig.config().origins();
    rig.withOrigins(
            new OriginAdapterConfig.Origins(
                origins.hosts(),
                origins.roots(),
                origins.privateAddresses(),
                Duration.ZERO,
                List.of(),
                1,
                origins.minimumRate()))
        .withSpool(1)
        .start();
    rig.ingest("film/1", origin.url());
    origin.onGet(
        request -> {
          requests.add(pieces(request.getHeader("Range")));
          asked.countDown();
          await(gate);
          return origin.wellBehaved(request);
        });
    send(0);
    await(asked);
  }

  @AfterEach
  void close() {
    gate.countDown();
    rig.close();
    origin.close();
  }

  @Test
  void piecesThatFollowEachOtherAreOneRequest() throws Exception {
    waitFor(3, 4, 5, 9, 8, 6);
    gate.countDown();
    assertRightBytes();
    assertEquals(List.of("0-0", "3-6", "9-9", "8-8"), requests);
  }

  @Test
  void requestForSeveralPiecesIsBounded() throws Exception {
    for (int piece = 1; piece < PIECES; piece++) {
      waitFor(piece);
    }
    gate.countDown();
    assertRightBytes();
    assertEquals(List.of("0-0", "1-16", "17-23"), requests);
  }

  @Test
  void wrongBytesFailTheirOwnPieceAlone() throws Exception {
    waitFor(1, 2, 3, 4);
    origin.content[2 * PIECE_BYTES + 5] ^= 1;
    gate.countDown();
    assertEquals(409, answers.remove(2).join().statusCode());
    assertRightBytes();
    assertEquals("1-4", requests.get(1));
  }

  private void waitFor(int... pieces) throws Exception {
    for (int piece : pieces) {
      send(piece);
      long begun = System.nanoTime();
      while (rig.metric("weir_fill_pieces_waiting") < answers.size() - 1) {
        assertEquals(true, System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      }
    }
  }

  private void send(int piece) {
    answers.put(
        piece,
        client.sendAsync(
            rig.request("/v1/pieces/film/1/" + piece).build(), BodyHandlers.ofByteArray()));
  }

  private void assertRightBytes() {
    answers.forEach(
        (piece, answer) -> {
          int from = piece * PIECE_BYTES;
          int end = Math.min(LENGTH_BYTES, from + PIECE_BYTES);
          byte[] body = answer.join().body();
          assertArrayEquals(Arrays.copyOfRange(origin.content, from, end), body, "piece " + piece);
        });
  }

  /** First and last piece of a request. */
  private static String pieces(String range) {
    String[] bytes = range.substring("bytes=".length()).split("-", 2);
    return Integer.parseInt(bytes[0]) / PIECE_BYTES
        + "-"
        + Integer.parseInt(bytes[1]) / PIECE_BYTES;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("never happened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
