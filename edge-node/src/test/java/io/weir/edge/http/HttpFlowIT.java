package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.Await;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies flow: misses, failures, many clients, many requests. */
class HttpFlowIT {
  private HttpServerHarness edge;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    edge =
        new HttpServerHarness(
            directory, HttpServerHarness.impatient(), HttpServerHarness.HOT_BYTES);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void coldContentIsReadOnceHoweverManyAsk() throws Exception {
    TestContent film = TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES);
    edge.serve(film);
    edge.origin.hold();
    List<CompletableFuture<HttpResponse<byte[]>>> clients = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(edge.self.http() + "/c/film/f")).build();
      clients.add(edge.client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
    }
    edge.origin.awaitAsked();
    edge.origin.open();
    for (CompletableFuture<HttpResponse<byte[]>> client : clients) {
      assertArrayEquals(film.bytes(), client.get().body());
    }
    assertEquals(3, edge.origin.reads().size());
    edge.awaitContentBytesSent(200L * film.bytes().length);
  }

  @Test
  void nextPieceIsFilledWhileThisOneIsSent() throws Exception {
    edge.serve(TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES));
    edge.get("/c/film/f", "Range", "bytes=0-65536");
    Await.until("prefetch", () -> edge.origin.reads().contains(1));
    assertEquals(2, edge.origin.reads().size());
  }

  @Test
  void contentThatCannotBeFilledIsUnavailable() throws Exception {
    edge.serve(TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES));
    edge.origin.failPiece(0);
    HttpResponse<byte[]> response = edge.get("/c/film/f", "Range", "bytes=1-2");
    assertEquals(503, response.statusCode());
    assertEquals("2", response.headers().firstValue("Retry-After").orElse(""));
    assertTrue(response.headers().firstValue("Content-Range").isEmpty());
    assertTrue(response.headers().firstValue("ETag").isEmpty());
    edge.awaitContentBytesSent(0);
    assertEquals(200, edge.send("HEAD", "/c/film/f").statusCode());
  }

  @Test
  void bodyThatCannotGoOnIsCutShort() {
    edge.serve(TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES));
    edge.origin.failPiece(2);
    assertThrows(IOException.class, () -> edge.get("/c/film/f"));
    edge.awaitContentBytesSent(2L * TestContent.PIECE_BYTES);
    assertEquals(1, edge.meters.get("weir.http.truncated").counter().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Range: bytes=100000-\r\n",
        "Range: bytes=0-9,140000-140009\r\n",
        "Connection: keep-alive\r\n"
      })
  void whatComesBehindACutBodyIsNeverAnswered(String header) throws Exception {
    edge.serve(TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES));
    edge.origin.failPiece(2);
    String request = "GET /c/film/f HTTP/1.1\r\nHost: e\r\n" + header + "\r\n";
    String answer = edge.exchange(request + request);
    assertEquals(1, answer.split("HTTP/1.1 20[06]", -1).length - 1);
    int head = answer.indexOf("\r\n\r\n");
    String length = answer.substring(0, head).replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    assertTrue(answer.length() - head - 4 < Integer.parseInt(length), length);
  }

  @Test
  void connectionsBeyondTheBoundWaitForOneToEnd(@TempDir Path second) throws Exception {
    HttpLimits usual = HttpLimits.defaults();
    HttpLimits two =
        new HttpLimits(
            2,
            usual.backlog(),
            usual.headerBytes(),
            usual.headers(),
            usual.requestTimeout(),
            usual.keepAlive(),
            usual.stall(),
            usual.sendBuffers());
    String request = "GET / HTTP/1.1\r\nHost: e\r\n\r\n";
    try (HttpServerHarness narrow =
            new HttpServerHarness(second, two, HttpServerHarness.HOT_BYTES);
        Socket one = narrow.connect(request);
        Socket other = narrow.connect(request)) {
      assertEquals('H', one.getInputStream().read());
      assertEquals('H', other.getInputStream().read());
      try (Socket third = narrow.connect(request)) {
        third.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> third.getInputStream().read());
        one.close();
        other.close();
        third.setSoTimeout(10_000);
        assertEquals('H', third.getInputStream().read());
      }
    }
  }

  @Test
  void oneConnectionCarriesManyRequests() throws Exception {
    TestContent film = TestContent.single("film", "f", 3 * TestContent.PIECE_BYTES);
    edge.serve(film);
    String ranged = "GET /c/film/f HTTP/1.1\r\nHost: e\r\nRange: bytes=%d-%d\r\n%s\r\n";
    StringBuilder pipelined = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      pipelined.append(ranged.formatted(i * 1000, i * 1000 + 9, ""));
    }
    pipelined.append(ranged.formatted(0, 0, "Connection: close\r\n"));
    String answers = edge.exchange(pipelined.toString());
    assertEquals(51, answers.split("HTTP/1.1 206", -1).length - 1);
    for (int i = 0; i < 50; i++) {
      String body = new String(film.bytes(), i * 1000, 10, StandardCharsets.ISO_8859_1);
      assertTrue(answers.contains("\r\n\r\n" + body + "HTTP/1.1 "), "range " + i);
    }
  }
}
