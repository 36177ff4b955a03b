package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.edge.EdgeMain;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, true", "true, false"})
  void resumesOnTheSamePortsAndServesWhatWasCachedWithTheOriginGone(
      boolean separate, boolean thenSeparate) throws Exception {
    JsonNode before;
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", folder.resolve("film.bin"));
        UpProcess up = up(separate, "--publish", origin.url())) {
      before = withoutProcesses(up.ready());
      for (JsonNode url : up.content().get("http")) {
        assertArrayEquals(content, get(url.asText()).join().body());
      }
      assertEquals(0, up.stop(), up.stderr());
    }
    try (UpProcess up = up(thenSeparate)) {
      assertEquals(before, withoutProcesses(up.ready()));
      for (JsonNode url : up.content().get("http")) {
        assertArrayEquals(content, get(url.asText()).join().body());
      }
    }
  }

  @Test
  void eachRoleCanBeKilledAndStartedByHandOnTheSamePorts() throws Exception {
    Process byHand;
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", folder.resolve("film.bin"));
        UpProcess up = up(true, "--publish", origin.url())) {
      for (JsonNode role : roles(up.ready())) {
        assertTrue(Path.of(role.get("config").asText()).isAbsolute());
        assertTrue(Files.isDirectory(Path.of(role.get("dataDir").asText())));
        assertTrue(role.get("pid").isIntegralNumber());
      }
      JsonNode edge = up.ready().at("/edges/0");
      ProcessHandle running = ProcessHandle.of(edge.get("pid").asLong()).orElseThrow();
      running.destroyForcibly();
      running.onExit().get(10, TimeUnit.SECONDS);
      byHand = UpProcess.startRole(EdgeMain.class, Path.of(edge.get("config").asText()));
      awaitReady(edge.get("admin").asText());
      assertArrayEquals(content, get(up.content().at("/http/0").asText()).join().body());
      assertEquals(0, up.stop(), up.stderr());
      assertTrue(
          up.stderr().contains("edge-1 (pid " + edge.get("pid") + ") ended with status 137"));
      for (JsonNode role : roles(up.ready())) {
        assertTrue(ProcessHandle.of(role.get("pid").asLong()).isEmpty(), role::toString);
      }
    }
    assertTrue(byHand.isAlive(), "what up did not start is not its to end");
    byHand.destroy();
    assertEquals(0, byHand.waitFor());
  }

  @Test
  void noRoleOutlivesAKilledUp() throws Exception {
    try (UpProcess up = up(true)) {
      List<ProcessHandle> roles = new ArrayList<>();
      for (JsonNode role : roles(up.ready())) {
        roles.add(ProcessHandle.of(role.get("pid").asLong()).orElseThrow());
      }
      up.kill();
      for (ProcessHandle role : roles) {
        role.onExit().get(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void fileThatIsGoneDoesNotKeepAStackFromResuming() throws Exception {
    Path film = folder.resolve("film.bin");
    try (UpProcess up = up(false, "--publish", film.toString())) {
      assertEquals("ready", up.content().get("state").asText());
    }
    Files.delete(film);
    try (UpProcess up = up(false, "--publish", film.toString())) {
      assertTrue(up.stderr().contains(film + ": no such file; resuming with what is there"));
      assertEquals("ready", up.content().get("state").asText());
    }
    IOException refused =
        assertThrows(
            IOException.class,
            () -> UpProcess.start(folder.resolve("new"), "--publish", film.toString()));
    assertTrue(refused.getMessage().contains(film + ": no such file"), refused.getMessage());
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void directoryWhosePortIsTakenIsNotResumedElsewhere(boolean separate) throws Exception {
    int port;
    try (UpProcess up = up(separate)) {
      port = URI.create(up.ready().at("/edges/1/http").asText()).getPort();
    }
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(port, taken.getLocalPort());
      IOException refused = assertThrows(IOException.class, () -> up(separate));
      assertTrue(refused.getMessage().contains(String.valueOf(port)), refused.getMessage());
    }
  }

  private UpProcess up(String... options) throws IOException {
    return up(false, options);
  }

  private UpProcess up(boolean separate, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    if (separate) {
      all.add("--separate");
    }
    return UpProcess.start(folder.resolve("up"), all.toArray(String[]::new));
  }

  private static List<JsonNode> roles(JsonNode ready) {
    List<JsonNode> roles =
        new ArrayList<>(List.of(ready.get("controlPlane"), ready.get("originAdapter")));
    ready.get("edges").forEach(roles::add);
    return roles;
  }

  private static JsonNode withoutProcesses(JsonNode ready) {
    for (JsonNode role : roles(ready)) {
      ((ObjectNode) role).remove(List.of("pid", "config", "dataDir"));
    }
    return ready;
  }

  private void awaitReady(String admin) {
    while (get(admin + "/readyz").handle((ok, down) -> down != null).join()
        || get(admin + "/readyz").join().statusCode() != 200) {
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
