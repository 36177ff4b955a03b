package io.weir.loadtest.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainOriginIT {
  private static final int LENGTH = 700_000;

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private final byte[] content = new byte[LENGTH];
  private PlainOrigin origin;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    Path file = Files.write(dir.resolve("a film.bin"), content);
    Files.writeString(dir.resolve("secret"), "not served");
    origin = PlainOrigin.start("127.0.0.1", file);
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void theWholeFileIsServedAndCounted() throws Exception {
    HttpResponse<byte[]> response = get(origin.url());

    assertEquals(200, response.statusCode());
    assertArrayEquals(content, response.body());
    assertEquals(LENGTH, origin.bytesSent());
    assertEquals(1, origin.requests());
  }

  @Test
  void aDelayComesBeforeEachAnswerAndHoldsUpNoOtherRequest() throws Exception {
    Duration delay = Duration.ofMillis(400);
    int atOnce = 3 * PlainOrigin.THREADS;
    try (PlainOrigin slow = PlainOrigin.start("127.0.0.1", dir.resolve("a film.bin"), delay)) {
      long begun = System.nanoTime();
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(slow.url())).build();
        answers.add(http.sendAsync(request, BodyHandlers.ofByteArray()));
      }
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertArrayEquals(content, answer.join().body());
        assertTrue(System.nanoTime() - begun >= delay.toNanos());
      }
      // Far less than the delays one after the other, however slow the machine.
      assertTrue(System.nanoTime() - begun < delay.toNanos() * atOnce);
    }
  }

  @Test
  void aRangeIsServedAndOnlyItsBytesAreCounted() throws Exception {
    HttpResponse<byte[]> response = get(origin.url(), "Range", "bytes=1000-300999");

    assertEquals(206, response.statusCode());
    assertEquals("bytes 1000-300999/" + LENGTH, header(response, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(content, 1_000, 301_000), response.body());
    assertEquals(300_000, origin.bytesSent());
  }

  @Test
  void aRangeBehindTheEndIs416() throws Exception {
    HttpResponse<byte[]> response = get(origin.url(), "Range", "bytes=700000-");

    assertEquals(416, response.statusCode());
    assertEquals("bytes */" + LENGTH, header(response, "Content-Range"));
  }

  @Test
  void headNamesLengthAndVersionWithoutBytes() throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(origin.url()))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofByteArray());

    assertEquals(200, response.statusCode());
    assertEquals(Integer.toString(LENGTH), header(response, "Content-Length"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertTrue(header(response, "ETag").matches("\"[0-9a-f]+-[0-9a-f]+\""));
    assertEquals(0, origin.bytesSent());
  }

  @Test
  void aRangeOfAnotherVersionIsAnsweredWithTheWholeFile() throws Exception {
    String etag = header(get(origin.url(), "Range", "bytes=0-0"), "ETag");

    assertEquals(206, get(origin.url(), "Range", "bytes=0-9", "If-Range", etag).statusCode());
    assertEquals(
        200, get(origin.url(), "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode());
  }

  @Test
  void nothingButTheFileIsServed() throws Exception {
    URI url = URI.create(origin.url());

    assertEquals(404, get(url.resolve("/secret").toString()).statusCode());
    assertEquals(404, get(url.resolve("/").toString()).statusCode());
  }

  @Test
  void aDirectoryServesItsFilesAndNothingAboveIt() throws Exception {
    Path below = Files.createDirectories(dir.resolve("public"));
    Files.writeString(below.resolve("b.txt"), "b");
    try (PlainOrigin directory = PlainOrigin.start("127.0.0.1", below)) {
      assertArrayEquals("b".getBytes(UTF_8), get(directory.url() + "b.txt").body());
      assertEquals(404, get(directory.url() + "%2e%2e/secret").statusCode());
      assertEquals(404, get(directory.url()).statusCode());
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(origin.url())).DELETE().build(),
            BodyHandlers.ofByteArray());

    assertEquals(405, response.statusCode());
    assertEquals("GET, HEAD", header(response, "Allow"));
  }

  private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
