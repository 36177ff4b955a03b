package io.weir.edge.fill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdapterPieceSourceIT {
  private static final int PIECE_BYTES = TestContent.PIECE_BYTES;

  private final TestContent film = TestContent.ofPieces("film", 1, 3);
  private final CountedBuffers buffers = new CountedBuffers();
  private final ManualTimer timer = new ManualTimer();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private FakeAdapter adapter;
  private AdapterPieceSource source;

  @BeforeEach
  void start() throws IOException {
    adapter = new FakeAdapter(List.of(film.bytes()));
    source = sourceWithin(1, 1);
  }

  @AfterEach
  void stopWithoutLeak() {
    stalled.countDown();
    adapter.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void pieceIsOneRequestThatShowsTheCredential() throws Exception {
    assertArrayEquals(film.piece(1), read(1));
    assertEquals(List.of("/v1/pieces/film/1/1 Bearer s3cret"), adapter.requests());
  }

  @Test
  void shortLastPieceIsReadToItsEnd() throws Exception {
    assertArrayEquals(film.piece(2), read(2));
  }

  @Test
  void pieceOfManyFilesAndPaddingIsOneRequest() throws Exception {
    byte[] first = Arrays.copyOf(film.bytes(), 10_000);
    byte[] third = Arrays.copyOfRange(film.bytes(), 20_000, 20_500);
    Metainfo metainfo = twoFilesWithPaddingBetween(first.length, 384, third.length);
    adapter.close();
    adapter = new FakeAdapter(List.of(first, new byte[384], third));
    byte[] piece = new byte[10_884];
    System.arraycopy(first, 0, piece, 0, first.length);
    System.arraycopy(third, 0, piece, 10_384, third.length);
    assertArrayEquals(piece, bytesOf(source.readWhole(wanted(metainfo, 0))));
    assertEquals(List.of("/v1/pieces/film/1/0 Bearer s3cret"), adapter.requests());
  }

  @Test
  void shortBodyFails() {
    adapter.answerBy(exchange -> FakeAdapter.send(exchange, 200, new byte[PIECE_BYTES - 1]));
    assertEquals("body has 16383 bytes of the piece's 16384", failure(0));
  }

  @Test
  void longBodyFails() {
    adapter.answerBy(exchange -> FakeAdapter.send(exchange, 200, new byte[PIECE_BYTES + 1]));
    assertEquals("body is longer than the piece", failure(0));
  }

  @Test
  void partOfThePieceFails() {
    adapter.answerBy(exchange -> FakeAdapter.send(exchange, 206, new byte[PIECE_BYTES]));
    assertEquals("origin adapter answered 206", failure(0));
  }

  @Test
  void problemsStatusAndTitleAreToldButNotItsDetail() {
    String problem =
        "{\"type\":\"about:blank\",\"title\":\"Origin changed\",\"status\":409,\"detail\":\"http://secret\"}";
    adapter.answerBy(exchange -> FakeAdapter.send(exchange, 409, problem.getBytes(UTF_8)));
    assertEquals("origin adapter answered 409 Origin changed", failure(0));
  }

  @Test
  void errorThatIsNoProblemIsToldByItsStatusHoweverLong() {
    adapter.answerBy(
        exchange -> FakeAdapter.send(exchange, 502, new byte[ProblemBody.MAX_BYTES * 10]));
    assertEquals("origin adapter answered 502", failure(0));
  }

  @Test
  void connectionThatBreaksFails() {
    adapter.answerBy(
        exchange -> {
          exchange.sendResponseHeaders(200, PIECE_BYTES);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
        });
    assertTrue(failure(0).startsWith("origin adapter failed: "));
  }

  @Test
  void adapterThatIsNotThereFails() {
    adapter.close();
    assertEquals("origin adapter failed: ConnectException", failure(0));
  }

  @Test
  void addressThatIsNoUrlFails() {
    PieceSource.Wanted wanted =
        new PieceSource.Wanted("film", 1, "not a url", film.cached().metainfo(), 0);
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> source.readWhole(wanted).get());
    assertInstanceOf(FillException.class, failed.getCause());
  }

  @Test
  void pieceThatTakesTooLongIsGivenUpAndItsTurnEnds() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    adapter.answerBy(
        exchange -> {
          asked.countDown();
          stalled.await();
        });
    CompletableFuture<ByteBuf> slow = source.readWhole(wanted(film.cached().metainfo(), 0));
    asked.await();
    timer.advance(Duration.ofSeconds(10));
    assertEquals("no answer in 10000 ms", failure(slow));
    adapter.answerRight();
    assertArrayEquals(film.piece(1), read(1));
  }

  @Test
  void fillsWaitForTheirTurnAndTooManyAreRefused() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    adapter.answerBy(
        exchange -> {
          asked.countDown();
          stalled.await();
        });
    CompletableFuture<ByteBuf> flying = source.readWhole(wanted(film.cached().metainfo(), 0));
    CompletableFuture<ByteBuf> waiting = source.readWhole(wanted(film.cached().metainfo(), 1));
    assertEquals("too many fills are waiting", failure(2));
    asked.await();
    assertEquals(1, adapter.requests().size());
    timer.advance(Duration.ofSeconds(10));
    assertEquals("no answer in 10000 ms", failure(flying));
    assertEquals("no answer in 10000 ms", failure(waiting));
  }

  @Test
  void cancelledReadReleasesItsBufferAndEndsItsTurn() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    adapter.answerBy(
        exchange -> {
          asked.countDown();
          stalled.await();
        });
    CompletableFuture<ByteBuf> cancelled = source.readWhole(wanted(film.cached().metainfo(), 0));
    asked.await();
    cancelled.cancel(true);
    adapter.answerRight();
    stalled.countDown();
    assertArrayEquals(film.piece(1), read(1));
  }

  private AdapterPieceSource sourceWithin(int flying, int waiting) {
    return new AdapterPieceSource(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
        BearerToken.of("s3cret"),
        buffers.allocator(),
        timer,
        Duration.ofSeconds(10),
        flying,
        waiting);
  }

  private PieceSource.Wanted wanted(Metainfo metainfo, int piece) {
    return new PieceSource.Wanted("film", 1, adapter.url(), metainfo, piece);
  }

  private byte[] read(int piece) throws Exception {
    return bytesOf(source.readWhole(wanted(film.cached().metainfo(), piece)));
  }

  private static byte[] bytesOf(CompletableFuture<ByteBuf> read) throws Exception {
    ByteBuf bytes = read.get(10, TimeUnit.SECONDS);
    try {
      return TestContent.bytesOf(bytes);
    } finally {
      bytes.release();
    }
  }

  private String failure(int piece) {
    return failure(source.readWhole(wanted(film.cached().metainfo(), piece)));
  }

  private static String failure(CompletableFuture<ByteBuf> read) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> read.get(10, TimeUnit.SECONDS));
    String message = assertInstanceOf(FillException.class, failed.getCause()).getMessage();
    assertFalse(message.contains("s3cret") || message.contains("127.0.0.1"), message);
    return message;
  }

  private static Metainfo twoFilesWithPaddingBetween(int first, int padding, int third)
      throws MetainfoException {
    ByteArrayOutputStream torrent = new ByteArrayOutputStream();
    torrent.writeBytes(
        ("d4:infod5:filesl"
                + "d6:lengthi%de4:pathl1:aee"
                + "d4:attr1:p6:lengthi%de4:pathl4:.pad3:384ee"
                + "d6:lengthi%de4:pathl1:bee"
                + "e4:name4:pair12:piece lengthi16384e6:pieces20:")
            .formatted(first, padding, third)
            .getBytes(UTF_8));
    torrent.writeBytes(new byte[20]);
    torrent.writeBytes("ee".getBytes(UTF_8));
    return Metainfo.parse(torrent.toByteArray());
  }
}
