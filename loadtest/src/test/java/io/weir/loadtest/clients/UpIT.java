package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.origin.PlainOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir up} as a process of its own, on loopback, with a plain HTTP origin. */
@Timeout(120)
class UpIT {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int CONTENT_BYTES = 12 * PIECE_BYTES + 777;

  private final HttpClient http = HttpClient.newHttpClient();
  private byte[] content;
  @TempDir private Path folder;

  @BeforeEach
  void makeContent() throws IOException {
    content = new byte[CONTENT_BYTES];
    new Random(1).nextBytes(content);
    Files.write(folder.resolve("film.bin"), content);
  }

  @Test
  void resumesOnTheSamePortsAndServesWhatWasCachedWithTheOriginGone() throws Exception {
    JsonNode before;
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", folder.resolve("film.bin"));
        UpProcess up = up("--publish", origin.url())) {
      before = up.ready();
      for (JsonNode url : up.content().get("http")) {
        assertArrayEquals(content, get(url.asText()).join().body());
      }
      assertEquals(0, up.stop());
    }
    try (UpProcess up = up()) {
      assertEquals(before, up.ready());
      for (JsonNode url : up.content().get("http")) {
        assertArrayEquals(content, get(url.asText()).join().body());
      }
    }
  }

  @Test
  void twoHundredClientsOfOnePieceCostTheOriginNothingBeyondItsOneRead() throws Exception {
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", folder.resolve("film.bin"));
        UpProcess up = up("--publish", origin.url())) {
      String range = "bytes=" + 7 * PIECE_BYTES + "-" + (8 * PIECE_BYTES - 1);
      JsonNode urls = up.content().get("http");
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(get(urls.get(i % urls.size()).asText(), "Range", range));
      }
      byte[] piece = Arrays.copyOfRange(content, 7 * PIECE_BYTES, 8 * PIECE_BYTES);
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertEquals(206, answer.join().statusCode());
        assertArrayEquals(piece, answer.join().body());
      }
      assertEquals(CONTENT_BYTES, origin.bytesSent());
    }
  }

  @Test
  void directoryWhosePortIsTakenIsNotResumedElsewhere() throws Exception {
    int port;
    try (UpProcess up = up()) {
      port = URI.create(up.ready().at("/edges/1/http").asText()).getPort();
    }
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(port, taken.getLocalPort());
      assertThrows(IOException.class, this::up);
    }
  }

  private UpProcess up(String... options) throws IOException {
    return UpProcess.start(folder.resolve("up"), options);
  }

  private CompletableFuture<HttpResponse<byte[]>> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
