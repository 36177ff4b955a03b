package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.Await;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered: statuses, headers, bytes. */
class HttpContentIT {
  private static final int LENGTH = 5 * TestContent.PIECE_BYTES + 777;
  private static final String FILE = "/c/film/the%20film.mp4";

  private final TestContent film = TestContent.single("film", "the film.mp4", LENGTH);
  private HttpServerHarness edge;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    edge = new HttpServerHarness(directory, HttpLimits.defaults(), HttpServerHarness.HOT_BYTES);
    edge.serve(film);
    edge.serve(TestContent.multi("album", "al bum"));
    edge.ingest("coming");
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void wholeFileIsSentWithItsHeaders() throws Exception {
    HttpResponse<byte[]> response = edge.get(FILE);
    assertEquals(200, response.statusCode());
    assertArrayEquals(film.bytes(), response.body());
    assertEquals("video/mp4", header(response, "Content-Type"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertEquals(String.valueOf(LENGTH), header(response, "Content-Length"));
    assertEquals("public, no-cache", header(response, "Cache-Control"));
    assertEquals("*", header(response, "Access-Control-Allow-Origin"));
    assertTrue(header(response, "Access-Control-Expose-Headers").contains("Content-Range"));
    assertEquals('"' + film.metainfo().swarmHash().toHex() + "-0-1\"", header(response, "ETag"));
    edge.awaitContentBytesSent(LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "0-0, 0, 1",
    "0-65535, 0, 65536",
    "65535-65536, 65535, 2",
    "70000-200000, 70000, 130001",
    "328456-328456, 328456, 1",
    "-1, 328456, 1",
    "-100000, 228457, 100000",
    "300000-, 300000, 28457",
    "300000-999999999, 300000, 28457"
  })
  void rangeIsSentAlone(String range, int first, int length) throws Exception {
    HttpResponse<byte[]> response = edge.get(FILE, "Range", "bytes=" + range);
    assertEquals(206, response.statusCode());
    assertEquals(
        "bytes %d-%d/%d".formatted(first, first + length - 1, LENGTH),
        header(response, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(film.bytes(), first, first + length), response.body());
    edge.awaitContentBytesSent(length);
  }

  @Test
  void onlyPiecesOfTheRangeAreFilled() throws Exception {
    edge.get(FILE, "Range", "bytes=65536-131071");
    assertEquals(java.util.List.of(1), edge.origin.reads());
  }

  @Test
  void severalRangesAreSentAsMultipart() throws Exception {
    HttpResponse<byte[]> response = edge.get(FILE, "Range", "bytes=65530-65540, 0-3, -2");
    assertEquals(206, response.statusCode());
    String type = header(response, "Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    String boundary = type.substring(type.indexOf('=') + 1);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    part(expected, "--" + boundary, 65530, 65540);
    part(expected, "\r\n--" + boundary, 0, 3);
    part(expected, "\r\n--" + boundary, LENGTH - 2, LENGTH - 1);
    expected.writeBytes(ascii("\r\n--" + boundary + "--\r\n"));
    assertArrayEquals(expected.toByteArray(), response.body());
    edge.awaitContentBytesSent(11 + 4 + 2);
  }

  @Test
  void rangePastTheEndIsRefusedWithTheLength() throws Exception {
    HttpResponse<byte[]> response = edge.get(FILE, "Range", "bytes=" + LENGTH + "-");
    assertEquals(416, response.statusCode());
    assertEquals("bytes */" + LENGTH, header(response, "Content-Range"));
  }

  @Test
  void headHasTheHeadersOfGetAndTouchesNoPiece() throws Exception {
    HttpResponse<byte[]> head = edge.send("HEAD", FILE, "Range", "bytes=0-5");
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    assertEquals(0, edge.origin.reads().size());
    HttpResponse<byte[]> get = edge.get(FILE);
    for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Accept-Ranges"}) {
      assertEquals(header(get, name), header(head, name));
    }
  }

  @Test
  void tagThatTheClientHasIsNotSentAgain() throws Exception {
    String tag = header(edge.send("HEAD", FILE), "ETag");
    HttpResponse<byte[]> response = edge.get(FILE, "If-None-Match", tag);
    assertEquals(304, response.statusCode());
    assertEquals(0, response.body().length);
    assertEquals(tag, header(response, "ETag"));
    assertEquals(412, edge.get(FILE, "If-Match", "\"other\"").statusCode());
    assertEquals(0, edge.origin.reads().size());
    assertEquals(206, edge.get(FILE, "Range", "bytes=0-5", "If-Match", tag).statusCode());
    assertEquals(206, edge.get(FILE, "Range", "bytes=0-5", "If-Range", tag).statusCode());
    assertEquals(200, edge.get(FILE, "Range", "bytes=0-5", "If-Range", "\"other\"").statusCode());
  }

  @Test
  void everyFileOfSeveralIsFoundByNameAndPath() throws Exception {
    byte[] all = TestContent.multi("album", "al bum").bytes();
    assertArrayEquals(Arrays.copyOf(all, 70_000), edge.get("/c/album/al%20bum/sub/a.txt").body());
    HttpResponse<byte[]> last = edge.get("/c/album/al%20bum/b%20c.bin");
    assertArrayEquals(Arrays.copyOfRange(all, 70_000, 100_000), last.body());
    assertEquals("application/octet-stream", header(last, "Content-Type"));
    HttpResponse<byte[]> empty = edge.get("/c/album/al%20bum/empty");
    assertEquals(200, empty.statusCode());
    assertEquals(0, empty.body().length);
  }

  @Test
  void contentThatIsBeingIngestedIsToBeAskedForLater() throws Exception {
    for (String path : new String[] {"/c/coming/file", "/t/coming.torrent"}) {
      HttpResponse<byte[]> response = edge.get(path);
      assertEquals(503, response.statusCode());
      assertEquals("2", header(response, "Retry-After"));
      assertEquals("*", header(response, "Access-Control-Allow-Origin"));
    }
  }

  @Test
  void edgeThatWasNeverToldItsContentsIsToBeAskedLater(@TempDir Path other) throws Exception {
    try (HttpServerHarness fresh =
        new HttpServerHarness(other, HttpLimits.defaults(), HttpServerHarness.HOT_BYTES)) {
      for (String path : new String[] {FILE, "/t/film.torrent"}) {
        HttpResponse<byte[]> response = fresh.get(path);
        assertEquals(503, response.statusCode());
        assertEquals("2", header(response, "Retry-After"));
      }
      fresh.ingest("coming");
      assertEquals(404, fresh.get(FILE).statusCode());
    }
  }

  @Test
  void browsersMayAskForRangesFromAnySite() throws Exception {
    HttpResponse<byte[]> response = edge.send("OPTIONS", FILE, "Origin", "https://player.example");
    assertEquals(204, response.statusCode());
    assertEquals("*", header(response, "Access-Control-Allow-Origin"));
    assertTrue(header(response, "Access-Control-Allow-Headers").contains("Range"));
    assertTrue(header(response, "Access-Control-Allow-Methods").contains("HEAD"));
  }

  @Test
  void answersAreCountedByKindAndStatus() throws Exception {
    edge.get(FILE);
    edge.get("/nothing");
    edge.get("/c/coming/file");
    Await.until("counts", () -> count("content", "5xx") == 1);
    assertEquals(1, count("content", "2xx"));
    assertEquals(1, count("other", "4xx"));
    assertEquals(LENGTH, edge.meters.get("weir.http.content.bytes").functionCounter().count());
  }

  private double count(String kind, String status) {
    return edge.meters
        .get("weir.http.requests")
        .tags("kind", kind, "status", status)
        .counter()
        .count();
  }

  private void part(ByteArrayOutputStream out, String delimiter, int first, int last) {
    out.writeBytes(
        ascii(
            "%s\r\nContent-Type: video/mp4\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
                .formatted(delimiter, first, last, LENGTH)));
    out.write(film.bytes(), first, last - first + 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
