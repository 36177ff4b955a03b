package io.weir.edge.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.weir.edge.fixture.Await;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.ManualTimer;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.socket.Transport;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdapterPieceSourceIT {
  private static final int PIECE_BYTES = TestContent.PIECE_BYTES;
  private static final int LARGE_PIECE_BYTES = 1 << 20;
  private static final Transport NIO =
      new Transport(
          NioIoHandler.newFactory(),
          NioServerSocketChannel.class,
          NioSocketChannel.class,
          NioDatagramChannel.class);

  private final TestContent film = TestContent.ofPieces("film", 1, 3);
  private final CountedBuffers buffers = new CountedBuffers();
  private final ManualTimer timer = new ManualTimer();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private FakeAdapter adapter;
  private AdapterPieceSource source;

  @BeforeEach
  void start() throws IOException {
    adapter = new FakeAdapter(List.of(film.bytes()));
    source = source(Transport.best());
  }

  @AfterEach
  void stopWithoutLeak() {
    stalled.countDown();
    adapter.close();
    source.close();
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pieceArrivesInPartsHoweverItsAnswerIsCut(boolean nio) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] content = new byte[LARGE_PIECE_BYTES + 300_001];
    random.nextBytes(content);
    adapter.close();
    adapter = new FakeAdapter(List.of(content), LARGE_PIECE_BYTES);
    adapter.answerBy((path, out) -> sendInBits(out, adapter.pieceAt(path), random));
    source.close();
    source = source(nio ? NIO : Transport.best());
    Metainfo metainfo = metainfo(content);
    for (int piece = 0; piece < 2; piece++) {
      ArrivingPiece arriving = new ArrivingPiece();
      source.read(wanted(metainfo, piece), arriving);
      byte[] right = adapter.pieceAt("/" + piece);
      assertArrayEquals(right, bytesOf(arriving.piece()), "seed " + seed);
      List<Integer> parts = arriving.partBytes();
      assertEquals(
          piece == 0 ? List.of(262_144, 262_144, 262_144, 262_144) : List.of(262_144, 37_857),
          parts);
    }
  }

  private static void sendInBits(OutputStream out, byte[] body, Random random) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    FakeAdapter.send(answer, 200, body);
    byte[] bytes = answer.toByteArray();
    for (int from = 0; from < bytes.length; ) {
      int length = random.nextInt(from < 200 ? 20 : 100_000);
      out.write(bytes, from, Math.min(length, bytes.length - from));
      from += length;
    }
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
    assertArrayEquals(piece, bytesOf(read(wanted(metainfo, 0))));
    assertEquals(List.of("/v1/pieces/film/1/0 Bearer s3cret"), adapter.requests());
  }

  @Test
  void adapterIsFoundByName() throws Exception {
    String url = adapter.url().replace("127.0.0.1", "localhost") + "/base/";
    assertArrayEquals(film.piece(0), bytesOf(read(wantedFrom(url))));
    assertEquals(List.of("/base/v1/pieces/film/1/0 Bearer s3cret"), adapter.requests());
  }

  @Test
  void bodyOfAnotherLengthThanThePieceFails() {
    adapter.answerBy((path, out) -> FakeAdapter.send(out, 200, new byte[PIECE_BYTES - 1]));
    assertEquals("body has 16383 bytes, not the piece's 16384", failure(0));
    adapter.answerBy((path, out) -> FakeAdapter.send(out, 200, new byte[PIECE_BYTES + 1]));
    assertEquals("body has 16385 bytes, not the piece's 16384", failure(0));
  }

  @Test
  void connectionThatClosesWithinTheBodyFails() {
    adapter.answerBy(
        (path, out) -> {
          out.write(FakeAdapter.head(200, PIECE_BYTES));
          out.write(new byte[PIECE_BYTES - 1]);
          throw new IOException("broken off");
        });
    assertEquals(
        "origin adapter closed the connection after 16383 of the piece's 16384 bytes", failure(0));
  }

  @Test
  void connectionWithBytesBehindTheBodyIsNotUsedAgain() throws Exception {
    adapter.answerBy(
        (path, out) -> {
          FakeAdapter.send(out, 200, adapter.pieceAt(path));
          out.write('!');
        });
    assertArrayEquals(film.piece(0), read(0));
    Await.until("the connection is closed", () -> adapter.ended() == 1);
    adapter.answerRight();
    assertArrayEquals(film.piece(1), read(1));
    assertEquals(2, adapter.connections());
  }

  @Test
  void partOfThePieceFails() {
    adapter.answerBy((path, out) -> FakeAdapter.send(out, 206, new byte[PIECE_BYTES]));
    assertEquals("origin adapter answered 206", failure(0));
  }

  @Test
  void problemsStatusAndTitleAreToldButNotItsDetail() {
    String problem =
        "{\"type\":\"about:blank\",\"title\":\"Origin\\nchanged\",\"status\":409,\"detail\":\"http://secret\"}";
    adapter.answerBy((path, out) -> FakeAdapter.send(out, 409, problem.getBytes(UTF_8)));
    assertEquals("origin adapter answered 409 Origin?changed", failure(0));
    assertEquals("origin adapter answered 409 Origin?changed", failure(1));
    assertEquals(1, adapter.connections());
  }

  @Test
  void errorThatIsNoProblemIsToldByItsStatusHoweverLong() {
    adapter.answerBy(
        (path, out) -> FakeAdapter.send(out, 502, new byte[ProblemBody.MAX_BYTES * 10]));
    assertEquals("origin adapter answered 502", failure(0));
    adapter.answerBy((path, out) -> FakeAdapter.send(out, 503, new byte[0]));
    assertEquals("origin adapter answered 503", failure(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 16384\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nbytes"
      })
  void bodyThatDoesNotTellItsLengthFails(String answer) {
    adapter.answerText(answer);
    assertEquals("origin adapter's answer does not tell its length", failure(0));
  }

  @Test
  void answerThatIsNoHttpFailsAtOnce() {
    adapter.answerText("SSH-2.0");
    assertEquals("origin adapter's answer does not begin with HTTP/1.1", failure(0));
  }

  @Test
  void headLongerThanItsBoundFails() {
    adapter.answerText("HTTP/1.1 200 OK\r\nX: " + "x".repeat(AnswerHead.MAX_BYTES));
    assertEquals("origin adapter's answer is longer than 8192 bytes", failure(0));
  }

  @Test
  void adapterThatIsNotThereFails() {
    adapter.close();
    assertEquals("origin adapter cannot be reached", failure(0));
  }

  @Test
  void addressThatIsNoHttpUrlFails() {
    assertEquals("origin adapter's address is no URL", failure(read(wantedFrom("not a url"))));
    assertEquals(
        "origin adapter's address must begin with http://, not https:",
        failure(read(wantedFrom("https://adapter.example"))));
  }

  @Test
  void adapterOfUnknownNameFails() {
    // A label is 63 bytes at most, so that nobody is asked for this one.
    String url = "http://" + "a".repeat(64) + ".invalid";
    assertEquals("origin adapter cannot be reached", failure(read(wantedFrom(url))));
  }

  @Test
  void connectionIsUsedAgain() throws Exception {
    for (int piece = 0; piece < 3; piece++) {
      assertArrayEquals(film.piece(piece), read(piece));
    }
    assertEquals(1, adapter.connections());
  }

  @Test
  void connectionThatIsToBeClosedIsNotUsedAgain() throws Exception {
    adapter.answerBy(
        (path, out) -> {
          out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n".getBytes(US_ASCII));
          out.write("Content-Length: 16384\r\n\r\n".getBytes(US_ASCII));
          out.write(adapter.pieceAt(path));
        });
    assertArrayEquals(film.piece(0), read(0));
    assertArrayEquals(film.piece(1), read(1));
    assertEquals(2, adapter.connections());
  }

  @Test
  void connectionThatWasIdleForLongIsNotUsedAgain() throws Exception {
    assertArrayEquals(film.piece(0), read(0));
    timer.advance(Duration.ofSeconds(21));
    assertArrayEquals(film.piece(1), read(1));
    assertEquals(2, adapter.connections());
  }

  @Test
  void connectionClosedWhileItWasIdleIsMadeAnew() throws Exception {
    assertArrayEquals(film.piece(0), read(0));
    adapter.answerBy(
        (path, out) -> {
          adapter.answerRight();
          throw new IOException("closed as the request comes");
        });
    assertArrayEquals(film.piece(1), read(1));
    assertEquals(2, adapter.connections());
    assertEquals(3, adapter.requests().size());
  }

  @Test
  void connectionIsMadeAnewOnce() throws Exception {
    assertArrayEquals(film.piece(0), read(0));
    adapter.answerBy(
        (path, out) -> {
          throw new IOException("always closed");
        });
    assertEquals("origin adapter closed the connection before its answer", failure(1));
    assertEquals(3, adapter.requests().size());
  }

  @Test
  void pieceThatTakesTooLongIsGivenUpAndItsTurnEnds() throws Exception {
    adapter.answerBy((path, out) -> stall());
    CompletableFuture<byte[]> slow = read(wanted(film.cached().metainfo(), 0));
    asked.await();
    pass(Duration.ofSeconds(20));
    assertEquals("no piece in 20000 ms", failure(slow));
    adapter.answerRight();
    assertArrayEquals(film.piece(1), read(1));
  }

  @Test
  void adapterThatFallsSilentWithinAnAnswerIsGivenUpBeforeTheDeadline() throws Exception {
    adapter.answerBy(
        (path, out) -> {
          out.write(FakeAdapter.head(200, PIECE_BYTES));
          out.write(new byte[100]);
          stall();
        });
    CompletableFuture<byte[]> slow = read(wanted(film.cached().metainfo(), 0));
    asked.await();
    // A look at what has come is needed before one can find that no more has.
    Await.until(
        "silence is noticed",
        () -> {
          timer.advance(Duration.ofSeconds(3));
          return slow.isDone() || timer.nanoTime() > Duration.ofSeconds(18).toNanos();
        });
    assertEquals("origin adapter was silent for 6000 ms", failure(slow));
  }

  @Test
  void fillsWaitForTheirTurnAndTooManyAreRefused() throws Exception {
    adapter.answerBy((path, out) -> stall());
    CompletableFuture<byte[]> flying = read(wanted(film.cached().metainfo(), 0));
    CompletableFuture<byte[]> waiting = read(wanted(film.cached().metainfo(), 1));
    assertEquals("too many fills are waiting", failure(2));
    asked.await();
    assertEquals(1, adapter.requests().size());
    pass(Duration.ofSeconds(20));
    assertEquals("no piece in 20000 ms", failure(flying));
    assertEquals("no piece in 20000 ms", failure(waiting));
  }

  @Test
  void cancelledReadFailsReleasesItsBufferAndEndsItsTurn() throws Exception {
    adapter.answerBy(
        (path, out) -> {
          out.write(FakeAdapter.head(200, PIECE_BYTES));
          out.write(new byte[100]);
          stall();
        });
    ArrivingPiece arriving = new ArrivingPiece();
    PieceSource.Reading reading = source.read(wanted(film.cached().metainfo(), 0), arriving);
    asked.await();
    reading.cancel();
    assertEquals("given up", failure(arriving.piece()));
    reading.cancel();
    adapter.answerRight();
    assertArrayEquals(film.piece(1), read(1));
  }

  @Test
  void cancelledReadThatWaitsIsNeverAskedFor() throws Exception {
    adapter.answerBy((path, out) -> stall());
    CompletableFuture<byte[]> flying = read(wanted(film.cached().metainfo(), 0));
    asked.await();
    ArrivingPiece waiting = new ArrivingPiece();
    source.read(wanted(film.cached().metainfo(), 1), waiting).cancel();
    assertEquals("given up", failure(waiting.piece()));
    adapter.answerRight();
    pass(Duration.ofSeconds(20));
    assertEquals("no piece in 20000 ms", failure(flying));
    assertArrayEquals(film.piece(2), read(2));
    assertEquals(2, adapter.requests().size());
  }

  @Test
  void closingFailsWhatIsReadAndWhatComesAfter() throws Exception {
    adapter.answerBy((path, out) -> stall());
    CompletableFuture<byte[]> flying = read(wanted(film.cached().metainfo(), 0));
    CompletableFuture<byte[]> waiting = read(wanted(film.cached().metainfo(), 1));
    asked.await();
    source.close();
    assertEquals("origin adapter closed the connection before its answer", failure(flying));
    assertEquals("the source is closed", failure(waiting));
    assertEquals("the source is closed", failure(0));
  }

  @Test
  void receiverThatBreaksFailsItsReadAlone() throws Exception {
    CompletableFuture<FillException> failure = new CompletableFuture<>();
    source.read(
        wanted(film.cached().metainfo(), 0),
        new PieceSource.Receiver() {
          @Override
          public void onPart(int part, ByteBuf bytes) {
            bytes.release();
            throw new IllegalStateException("broken");
          }

          @Override
          public void onEnd() {
            failure.completeExceptionally(new AssertionError("an end after a part was refused"));
          }

          @Override
          public void onFailed(FillException why) {
            failure.complete(why);
          }
        });
    assertEquals(
        "fill broke: IllegalStateException", failure.get(10, TimeUnit.SECONDS).getMessage());
    assertArrayEquals(film.piece(1), read(1));
  }

  /** In steps, since what is due schedules what is due next. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      timer.advance(Duration.ofSeconds(1));
    }
  }

  private void stall() throws InterruptedException {
    asked.countDown();
    stalled.await();
  }

  private AdapterPieceSource source(Transport transport) {
    return new AdapterPieceSource(
        transport,
        1,
        BearerToken.of("s3cret"),
        buffers.allocator(),
        timer,
        timer::nanoTime,
        new FillLimits(
            1,
            1 << 20,
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(6),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20)));
  }

  private PieceSource.Wanted wanted(Metainfo metainfo, int piece) {
    return new PieceSource.Wanted("film", 1, adapter.url(), metainfo, piece);
  }

  private PieceSource.Wanted wantedFrom(String url) {
    return new PieceSource.Wanted("film", 1, url, film.cached().metainfo(), 0);
  }

  private CompletableFuture<byte[]> read(PieceSource.Wanted wanted) {
    ArrivingPiece arriving = new ArrivingPiece();
    source.read(wanted, arriving);
    return arriving.piece();
  }

  private byte[] read(int piece) throws Exception {
    return bytesOf(read(wanted(film.cached().metainfo(), piece)));
  }

  private static byte[] bytesOf(CompletableFuture<byte[]> read) throws Exception {
    return read.get(10, TimeUnit.SECONDS);
  }

  private String failure(int piece) {
    return failure(read(wanted(film.cached().metainfo(), piece)));
  }

  private static String failure(CompletableFuture<byte[]> read) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> read.get(10, TimeUnit.SECONDS));
    String message = assertInstanceOf(FillException.class, failed.getCause()).getMessage();
    assertFalse(message.contains("s3cret") || message.contains("127.0.0.1"), message);
    assertTrue(message.length() < 200, message);
    return message;
  }

  private static Metainfo metainfo(byte[] content) {
    List<PieceDigests> digests = new ArrayList<>();
    for (int from = 0; from < content.length; from += LARGE_PIECE_BYTES) {
      int length = Math.min(LARGE_PIECE_BYTES, content.length - from);
      digests.add(PieceDigests.v1(ByteBuffer.wrap(content, from, length)));
    }
    return MetainfoBuilder.singleFile(
        TorrentFormat.V1, "file", content.length, LARGE_PIECE_BYTES, digests);
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
