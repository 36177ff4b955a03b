package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.Metainfo;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingests over real sockets, from origins good and bad. */
final class IngestIT {
  private static final int PIECE_BYTES = 256 << 10;
  private static final String INGEST_BYTES = "weir_origin_read_bytes_total{reason=\"ingest\"}";
  private static final String FILL_BYTES = "weir_origin_read_bytes_total{reason=\"fill\"}";

  @TempDir private Path directory;
  private AdapterRig rig;
  private ScriptedOrigin origin;

  @BeforeEach
  void prepare() throws Exception {
    rig = new AdapterRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
    if (origin != null) {
      origin.close();
    }
  }

  @Test
  void ingestReadsEachOriginByteOnceAndTheSpoolServesItAll() throws Exception {
    origin = new ScriptedOrigin((20 << 20) + 12_345);
    rig.start();

    IngestStatus status = rig.ingest("film/1", origin.url());

    int length = origin.content.length;
    assertEquals(new IngestStatus(State.DONE, length, length, null), status);
    HttpResponse<byte[]> torrent = rig.get("/v1/ingests/film/1/metainfo");
    assertEquals(
        "application/x-bittorrent", torrent.headers().firstValue("Content-Type").orElse(""));
    assertDescribes(Metainfo.parse(torrent.body()), origin.content);
    assertArrayEquals(origin.content, rig.pieces("film/1"));
    assertEquals(length, rig.metric(INGEST_BYTES));
    assertEquals(0, rig.metric(FILL_BYTES));
    assertEquals(length, rig.metric("weir_fill_served_bytes_total"));
    assertEquals(length, rig.metric("weir_spool_bytes"));
    assertEquals(3, origin.gets().size());
  }

  private static void assertDescribes(Metainfo metainfo, byte[] content) throws Exception {
    assertEquals("film.mp4", metainfo.name());
    assertEquals(content.length, metainfo.totalLengthBytes());
    assertEquals(PIECE_BYTES, metainfo.pieceLengthBytes());
    ByteArrayOutputStream sha1s = new ByteArrayOutputStream();
    for (int from = 0; from < content.length; from += PIECE_BYTES) {
      int to = Math.min(content.length, from + PIECE_BYTES);
      sha1s.writeBytes(
          MessageDigest.getInstance("SHA-1").digest(Arrays.copyOfRange(content, from, to)));
    }
    ByteBuffer info = metainfo.info();
    byte[] bytes = new byte[info.remaining()];
    info.get(bytes);
    String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(haystack.contains(sha1s.toString(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void originThatIgnoresRangesIsReadInOneStream() throws Exception {
    origin = new ScriptedOrigin((9 << 20) + 1);
    origin.onGet(request -> origin.whole());
    rig.start();

    assertEquals(State.DONE, rig.ingest("film/1", origin.url()).state());

    assertEquals(1, origin.gets().size());
    assertEquals(origin.content.length, rig.metric(INGEST_BYTES));
    assertArrayEquals(origin.content, rig.pieces("film/1"));
  }

  @Test
  void originThatIgnoresRangesCanStillFillAPieceThatWasLetGo() throws Exception {
    origin = new ScriptedOrigin(700_000);
    origin.onGet(request -> origin.whole());
    rig.withSpool(0).start();
    rig.ingest("film/1", origin.url());

    byte[] bytes = rig.piece("film/1", 1).body();

    assertArrayEquals(Arrays.copyOfRange(origin.content, PIECE_BYTES, 2 * PIECE_BYTES), bytes);
  }

  @Test
  void contentAboveTheCapIsIngestedOnceAndReadAgainOnlyForWhatWasLetGo() throws Exception {
    origin = new ScriptedOrigin(4 * PIECE_BYTES);
    rig.withSpool(2 * PIECE_BYTES).start();

    assertEquals(State.DONE, rig.ingest("film/1", origin.url()).state());
    assertEquals(4 * PIECE_BYTES, rig.metric(INGEST_BYTES));

    assertArrayEquals(origin.content, rig.pieces("film/1"));
    assertEquals(2 * PIECE_BYTES, rig.metric(FILL_BYTES));
    assertEquals(2 * PIECE_BYTES, rig.metric("weir_spool_bytes"));
  }

  @Test
  void headThatIsRefusedFallsBackToAGetOfOneByte() throws Exception {
    origin = new ScriptedOrigin(300_000);
    origin.answer =
        request ->
            request.getMethod().equals(RequestMethod.HEAD)
                ? aResponse().withStatus(403)
                : origin.wellBehaved(request);
    rig.start();

    assertEquals(State.DONE, rig.ingest("film/1", origin.url()).state());
  }

  @Test
  void errorsThatPassAreAskedAgain() throws Exception {
    origin = new ScriptedOrigin(300_000);
    AtomicInteger gets = new AtomicInteger();
    origin.onGet(
        request ->
            gets.incrementAndGet() < 3 ? aResponse().withStatus(500) : origin.wellBehaved(request));
    rig.start();

    assertEquals(State.DONE, rig.ingest("film/1", origin.url()).state());
    assertEquals(3, gets.get());
    assertEquals(2, rig.metric("weir_origin_requests_total{outcome=\"failed\"}"));
  }

  @Test
  void errorsThatDoNotPassEndAfterThreeAttempts() throws Exception {
    origin = new ScriptedOrigin(300_000);
    origin.onGet(request -> aResponse().withStatus(503));
    rig.start();

    assertFailure("origin answered 503");
    assertEquals(3, origin.gets().size());
  }

  @Test
  void rangeShorterThanAskedIsNamed() throws Exception {
    assertGetFails(
        request ->
            origin
                .partial(0, 300_000)
                .withHeader("Content-Length", "299999")
                .withBody(new byte[299_999]),
        "origin sends 299999 bytes where 300000 were asked");
  }

  @Test
  void anotherRangeThanAskedIsNamed() throws Exception {
    assertGetFails(
        request -> origin.partial(1, 300_000),
        "origin sent another range than asked: bytes 1-299999/300000");
  }

  @Test
  void bodyThatBreaksOffIsResumedWhereItBroke() throws Exception {
    origin = new ScriptedOrigin(300_000);
    origin.onGet(
        request ->
            origin.gets().isEmpty()
                ? origin.partial(0, 300_000).withBody(Arrays.copyOf(origin.content, 290_000))
                : origin.wellBehaved(request));
    rig.start();

    assertEquals(State.DONE, rig.ingest("film/1", origin.url()).state());
    assertEquals(300_000, rig.metric(INGEST_BYTES));
    assertArrayEquals(origin.content, rig.pieces("film/1"));
  }

  @Test
  void anotherTotalThanProbedIsNamed() throws Exception {
    assertGetFails(
        request -> partialOf("bytes 0-299999/300001", "\"v1\""),
        "origin changed: length 300001, was 300000");
  }

  @Test
  void unknownTotalIsNamed() throws Exception {
    assertGetFails(
        request -> partialOf("bytes 0-299999/*", "\"v1\""),
        "origin sent an unusable Content-Range: 'bytes 0-299999/*'");
  }

  @Test
  void anotherEtagThanProbedIsNamed() throws Exception {
    assertGetFails(
        request -> partialOf("bytes 0-299999/300000", "\"v2\""), "origin changed: another ETag");
  }

  private ResponseDefinitionBuilder partialOf(String contentRange, String etag) {
    return aResponse()
        .withStatus(206)
        .withHeader("ETag", etag)
        .withHeader("Content-Range", contentRange)
        .withBody(origin.content);
  }

  @Test
  void encodedContentIsRefused() throws Exception {
    assertGetFails(
        request -> origin.partial(0, 300_000).withHeader("Content-Encoding", "gzip"),
        "origin encodes the content although asked not to: 'gzip'");
  }

  private void assertGetFails(Function<Request, ResponseDefinitionBuilder> script, String failure)
      throws Exception {
    origin = new ScriptedOrigin(300_000);
    origin.onGet(script);
    rig.start();
    assertFailure(failure);
  }

  @Test
  void originThatDoesNotTellTheLengthIsNamed() throws Exception {
    origin = new ScriptedOrigin(300_000);
    origin.answer =
        request ->
            request.getMethod().equals(RequestMethod.HEAD)
                ? aResponse()
                : aResponse().withChunkedDribbleDelay(2, 10).withBody(origin.content);
    rig.start();

    assertFailure("origin does not tell the length");
  }

  @Test
  void contentOfZeroBytesIsRefused() throws Exception {
    origin = new ScriptedOrigin(0);
    rig.start();

    assertFailure("content of zero bytes");
  }

  @Test
  void lengthThatNoTorrentShouldHaveIsRefused() throws Exception {
    origin = new ScriptedOrigin(1);
    origin.answer = request -> aResponse().withHeader("Content-Length", "1099511627777");
    rig.start();

    assertFailure("content of more than 1 TiB");
  }

  private void assertFailure(String expected) throws Exception {
    IngestStatus status = rig.ingest("film/1", origin.url());
    assertEquals(State.FAILED, status.state());
    assertTrue(String.valueOf(status.failure()).contains(expected), status.failure());
    assertEquals(1, rig.metric("weir_ingests{state=\"failed\"}"));
  }

  @Test
  void sameRequestAgainChangesNothingAndAnotherIsAConflict() throws Exception {
    origin = new ScriptedOrigin(300_000);
    CountDownLatch gate = new CountDownLatch(1);
    origin.onGet(
        request -> {
          await(gate);
          return origin.wellBehaved(request);
        });
    rig.start();

    assertEquals(202, rig.put("film/1", origin.url()).statusCode());
    assertEquals(202, rig.put("film/1", origin.url()).statusCode());
    assertEquals(409, rig.get("/v1/ingests/film/1/metainfo").statusCode());
    assertEquals(503, rig.piece("film/1", 0).statusCode());
    gate.countDown();
    assertEquals(State.DONE, rig.awaitEnd("film/1").state());
    assertEquals(200, rig.put("film/1", origin.url()).statusCode());
    assertEquals(
        409, rig.put("film/1", IngestRequest.ofUrl(origin.url(), "other.mp4")).statusCode());
    assertEquals(1, origin.gets().size());
  }

  @Test
  void deletedWhileItRunsItIsForgottenAndMayBeRegisteredAnew() throws Exception {
    origin = new ScriptedOrigin(300_000);
    CountDownLatch gate = new CountDownLatch(1);
    origin.onGet(
        request -> {
          await(gate);
          return origin.wellBehaved(request);
        });
    rig.start();
    rig.put("film/1", origin.url());

    assertEquals(204, rig.send("DELETE", "/v1/ingests/film/1").statusCode());
    assertEquals(404, rig.get("/v1/ingests/film/1").statusCode());
    rig.put("film/1", IngestRequest.ofUrl(origin.url(), "other.mp4"));
    gate.countDown();

    assertEquals(State.DONE, rig.awaitEnd("film/1").state());
    byte[] torrent = rig.get("/v1/ingests/film/1/metainfo").body();
    assertEquals("other.mp4", Metainfo.parse(torrent).name());
    assertEquals(300_000, rig.metric("weir_spool_bytes"));
  }

  private static void await(CountDownLatch gate) {
    try {
      if (!gate.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("gate never opened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
