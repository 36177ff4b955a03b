package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills over real sockets: coalesced, pinned, from the spool across restarts. */
final class FillIT {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int LENGTH_BYTES = 3 * PIECE_BYTES - 100;

  @TempDir private Path directory;
  private AdapterRig rig;
  private ScriptedOrigin origin;

  @BeforeEach
  void ingest() throws Exception {
    origin = new ScriptedOrigin(LENGTH_BYTES);
    rig = new AdapterRig(directory).start();
    rig.ingest("film/1", origin.url());
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
  }

  /** The same ingest, with nothing in the spool. */
  private void restartCold() throws Exception {
    rig.stop();
    for (int chunk = 0; chunk < 3; chunk++) {
      Files.delete(chunkFile(chunk));
    }
    rig.start();
    origin.forgetRequests();
  }

  private Path chunkFile(int chunk) {
    return rig.dataDir.resolve("spool/film/1/0/" + chunk);
  }

  @Test
  void twoHundredRequestsForAColdChunkAreOneOriginRequest() throws Exception {
    restartCold();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String range = "bytes=" + (PIECE_BYTES + i) + "-" + (PIECE_BYTES + 2_000 + i);
      answers.add(
          client.sendAsync(
              rig.request("/v1/fill/film/1/0").header("Range", range).build(),
              BodyHandlers.ofByteArray()));
    }

    for (int i = 0; i < 200; i++) {
      HttpResponse<byte[]> answer = answers.get(i).join();
      assertEquals(206, answer.statusCode());
      int first = PIECE_BYTES + i;
      assertArrayEquals(Arrays.copyOfRange(origin.content, first, first + 2_001), answer.body());
    }
    assertEquals(1, origin.gets().size());
    assertEquals(
        "bytes=" + PIECE_BYTES + "-" + (2 * PIECE_BYTES - 1),
        origin.gets().get(0).getRequest().getHeader("Range"));
  }

  @Test
  void rangeAcrossColdChunksIsServedInOrder() throws Exception {
    restartCold();

    HttpResponse<byte[]> answer = rig.fill("film/1", 10, LENGTH_BYTES - 11);

    assertArrayEquals(Arrays.copyOfRange(origin.content, 10, LENGTH_BYTES - 10), answer.body());
    assertEquals(
        "bytes 10-" + (LENGTH_BYTES - 11) + "/" + LENGTH_BYTES,
        answer.headers().firstValue("Content-Range").orElse(""));
    assertEquals(3, origin.gets().size());
  }

  @Test
  void restartServesFromTheSpoolWhileTheOriginIsGone() throws Exception {
    rig.stop();
    origin.close();
    rig.start();

    assertArrayEquals(origin.content, rig.fill("film/1", 0, LENGTH_BYTES - 1).body());
    assertEquals(200, rig.get("/v1/ingests/film/1/metainfo").statusCode());
  }

  @Test
  void spooledChunkThatRottedWhileStoppedIsReadAgain() throws Exception {
    rig.stop();
    Files.write(chunkFile(1), new byte[PIECE_BYTES]);
    Files.write(chunkFile(2), new byte[7]);
    rig.start();

    assertArrayEquals(origin.content, rig.fill("film/1", 0, LENGTH_BYTES - 1).body());
    assertEquals(2, rig.metric("weir_spool_corrupt_chunks_total"));
  }

  @Test
  void changedEtagIsAConflictThatSaysSo() throws Exception {
    restartCold();
    origin.etag = "\"v2\"";

    assertProblem(409, "origin-changed", rig.fill("film/1", 0, 9));
  }

  @Test
  void changeThatTheOriginHidesIsFoundByTheHash() throws Exception {
    restartCold();
    origin.content[5] ^= 1;

    assertProblem(409, "origin-changed", rig.fill("film/1", 0, 9));
  }

  @Test
  void originThatFailsIsABadGateway() throws Exception {
    restartCold();
    origin.onGet(request -> aResponse().withStatus(404));

    assertProblem(502, "origin answered 404", rig.fill("film/1", 0, 9));
  }

  @Test
  void failureIsNotRemembered() throws Exception {
    restartCold();
    origin.onGet(request -> aResponse().withStatus(404));
    rig.fill("film/1", 0, 9);
    origin.answer = origin::wellBehaved;

    assertEquals(206, rig.fill("film/1", 0, 9).statusCode());
  }

  @Test
  void failureWithinALongRangeBreaksTheConnectionInsteadOfEndingIt() throws Exception {
    restartCold();
    origin.onGet(
        request ->
            String.valueOf(request.getHeader("Range")).startsWith("bytes=0-")
                ? origin.wellBehaved(request)
                : aResponse().withStatus(404));

    assertThrows(IOException.class, () -> rig.fill("film/1", 0, LENGTH_BYTES - 1));
  }

  @Test
  void rangesOutsideOrUnusableAreNamed() throws Exception {
    HttpResponse<byte[]> outside = rig.fill("film/1", LENGTH_BYTES, LENGTH_BYTES);
    assertEquals(416, outside.statusCode());
    assertEquals(
        "bytes */" + LENGTH_BYTES, outside.headers().firstValue("Content-Range").orElse(""));
    assertProblem(400, "Range", rig.get("/v1/fill/film/1/0"));
    assertProblem(404, "no such file", rig.get("/v1/fill/film/1/1"));
    assertProblem(404, "no such file", rig.get("/v1/fill/film/2/0"));
  }

  @Test
  void releasedContentMakesRoomForTheNextAndIsReadAgain() throws Exception {
    rig.stop();
    rig.withSpool(LENGTH_BYTES).start();
    assertEquals(204, rig.send("POST", "/v1/ingests/film/1/release").statusCode());
    rig.ingest("next/1", origin.url());
    origin.forgetRequests();

    rig.fill("next/1", 0, LENGTH_BYTES - 1);
    assertEquals(0, origin.gets().size());
    assertEquals(206, rig.fill("film/1", 0, 9).statusCode());
    assertEquals(1, origin.gets().size());
  }

  private static void assertProblem(int status, String text, HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(status, answer.statusCode(), body);
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(body.contains(text), body);
  }
}
