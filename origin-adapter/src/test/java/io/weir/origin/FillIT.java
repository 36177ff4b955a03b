package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    for (int piece = 0; piece < 3; piece++) {
      Files.delete(pieceFile(piece));
    }
    rig.start();
    origin.forgetRequests();
  }

  private Path pieceFile(int piece) {
    return rig.dataDir.resolve("spool/film/1/" + piece + ".piece");
  }

  @Test
  void twoHundredRequestsForAColdPieceAreOneOriginRequest() throws Exception {
    restartCold();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(
          client.sendAsync(rig.request("/v1/pieces/film/1/1").build(), BodyHandlers.ofByteArray()));
    }

    byte[] piece = Arrays.copyOfRange(origin.content, PIECE_BYTES, 2 * PIECE_BYTES);
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertEquals(200, answer.join().statusCode());
      assertArrayEquals(piece, answer.join().body());
    }
    assertEquals(1, origin.gets().size());
    assertEquals(
        "bytes=" + PIECE_BYTES + "-" + (2 * PIECE_BYTES - 1),
        origin.gets().get(0).getRequest().getHeader("Range"));
  }

  @Test
  void lastPieceIsAsShortAsTheContentEnds() throws Exception {
    restartCold();

    HttpResponse<byte[]> answer = rig.piece("film/1", 2);

    assertArrayEquals(
        Arrays.copyOfRange(origin.content, 2 * PIECE_BYTES, LENGTH_BYTES), answer.body());
    assertEquals(1, origin.gets().size());
  }

  @Test
  void restartServesFromTheSpoolWhileTheOriginIsGone() throws Exception {
    rig.stop();
    origin.close();
    rig.start();

    assertArrayEquals(origin.content, rig.pieces("film/1"));
    assertEquals(200, rig.get("/v1/ingests/film/1/metainfo").statusCode());
  }

  @Test
  void spooledPieceThatRottedWhileStoppedIsReadAgain() throws Exception {
    rig.stop();
    Files.write(pieceFile(1), new byte[PIECE_BYTES]);
    Files.write(pieceFile(2), new byte[7]);
    rig.start();

    assertArrayEquals(origin.content, rig.pieces("film/1"));
    assertEquals(2, rig.metric("weir_spool_corrupt_pieces_total"));
  }

  @Test
  void changedEtagIsAConflictThatSaysSo() throws Exception {
    restartCold();
    origin.etag = "\"v2\"";

    assertProblem(409, "origin-changed", rig.piece("film/1", 0));
  }

  @Test
  void changeThatTheOriginHidesIsFoundByTheHash() throws Exception {
    restartCold();
    origin.content[5] ^= 1;

    assertProblem(409, "origin-changed", rig.piece("film/1", 0));
  }

  @Test
  void originThatFailsIsABadGateway() throws Exception {
    restartCold();
    origin.onGet(request -> aResponse().withStatus(404));

    assertProblem(502, "origin answered 404", rig.piece("film/1", 0));
  }

  @Test
  void failureIsNotRemembered() throws Exception {
    restartCold();
    origin.onGet(request -> aResponse().withStatus(404));
    rig.piece("film/1", 0);
    origin.answer = origin::wellBehaved;

    assertEquals(200, rig.piece("film/1", 0).statusCode());
  }

  @Test
  void piecesThatThereAreNotAreNamed() throws Exception {
    assertProblem(404, "no such piece", rig.piece("film/1", 3));
    assertProblem(404, "no such piece", rig.get("/v1/pieces/film/1/-1"));
    assertProblem(404, "no such piece", rig.get("/v1/pieces/film/1/01"));
    assertProblem(404, "no such piece", rig.get("/v1/pieces/film/1/9999999999"));
    assertProblem(404, "no such piece", rig.piece("film/2", 0));
  }

  @Test
  void releasedContentMakesRoomForTheNextAndIsReadAgain() throws Exception {
    rig.stop();
    rig.withSpool(LENGTH_BYTES).start();
    assertEquals(204, rig.send("POST", "/v1/ingests/film/1/release").statusCode());
    rig.ingest("next/1", origin.url());
    origin.forgetRequests();

    rig.pieces("next/1");
    assertEquals(0, origin.gets().size());
    assertEquals(200, rig.piece("film/1", 0).statusCode());
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
