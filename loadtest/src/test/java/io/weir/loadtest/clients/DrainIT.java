package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.ControlPlaneMain;
import io.weir.edge.EdgeMain;
import io.weir.origin.OriginAdapterMain;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a process and to those who are being served by it. */
@Timeout(120)
class DrainIT {
  /** More than the kernel holds between an edge and a client with a small receive buffer. */
  private static final int CONTENT_BYTES = 24 << 20;

  private static final int RECEIVE_BUFFER_BYTES = 16 << 10;
  private static final int END_SECONDS = 60;

  @TempDir static Path folder;

  private static byte[] content;
  private static UpProcess up;

  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  @BeforeAll
  static void publish() throws Exception {
    content = new byte[CONTENT_BYTES];
    new Random(3).nextBytes(content);
    Path file = Files.write(folder.resolve("film.bin"), content);
    up = UpProcess.start(folder.resolve("up"), "--separate", "--publish", file.toString());
    for (JsonNode role : new JsonNode[] {edge(), up.ready().get("controlPlane")}) {
      ProcessHandle handle = ProcessHandle.of(role.get("pid").asLong()).orElseThrow();
      handle.destroy();
      handle.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
  }

  @AfterEach
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void downloadUnderWayFinishesAndNoOtherBegins() throws Exception {
    startEdge("1h");
    try (Socket client = connect()) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = request(client, in);
      assertTrue(head.startsWith("HTTP/1.1 200"), head);
      terminate();
      awaitDraining();
      awaitRefusal();
      assertArrayEquals(content, in.readNBytes(CONTENT_BYTES));
    }
    assertEnded();
  }

  @Test
  void secondSigtermCutsTheGraceShort() throws Exception {
    startEdge("1h");
    try (Socket stalled = connect()) {
      request(stalled, stalled.getInputStream());
      terminate();
      awaitDraining();
      assertTrue(process.isAlive());
      do {
        // One that comes at once counts as the first.
        terminate();
      } while (!process.waitFor(400, TimeUnit.MILLISECONDS));
      assertEnded();
    }
  }

  @Test
  void graceIsAllThatAStalledClientGets() throws Exception {
    startEdge("200ms");
    try (Socket stalled = connect()) {
      request(stalled, stalled.getInputStream());
      terminate();
      assertEnded();
    }
  }

  @Test
  void adapterAndControlPlaneEndInOrderToo() throws Exception {
    JsonNode controlPlane = up.ready().get("controlPlane");
    process = UpProcess.startRole(ControlPlaneMain.class, config(controlPlane, "1h"));
    await(controlPlane.get("url").asText() + "/readyz", 200);
    terminate();
    assertEnded();
    JsonNode adapter = up.ready().get("originAdapter");
    process = UpProcess.startRole(OriginAdapterMain.class, Path.of(adapter.get("config").asText()));
    // Its port and directory are another's: told apart from wrong usage.
    assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
  }

  private void startEdge(String grace) throws Exception {
    process = UpProcess.startRole(EdgeMain.class, config(edge(), grace));
    await(edge().get("admin").asText() + "/readyz", 200);
  }

  private static Path config(JsonNode role, String grace) throws IOException {
    String yaml = Files.readString(Path.of(role.get("config").asText()));
    assertTrue(yaml.contains("shutdown-grace: 10s"), yaml);
    return Files.writeString(
        folder.resolve("role.yaml"),
        yaml.replace("shutdown-grace: 10s", "shutdown-grace: " + grace));
  }

  private static JsonNode edge() {
    return up.ready().at("/edges/0");
  }

  private static Socket connect() throws IOException {
    URI url = URI.create(edge().get("http").asText());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    return socket;
  }

  /** Asks for the whole file and reads the head of the answer. */
  private static String request(Socket client, InputStream in) throws IOException {
    String path = URI.create(up.content().at("/http/0").asText()).getRawPath();
    client
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: edge\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  private void terminate() {
    process.toHandle().destroy();
  }

  private void assertEnded() throws InterruptedException {
    assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS), "did not end");
    assertEquals(0, process.exitValue());
  }

  private void awaitDraining() throws Exception {
    HttpResponse<String> answer = await(edge().get("admin").asText() + "/readyz", 503);
    assertTrue(answer.body().contains("draining"), answer.body());
  }

  /** Connects until nobody listens any more; the test's timeout bounds it. */
  private static void awaitRefusal() throws IOException {
    try {
      while (true) {
        connect().close();
      }
    } catch (ConnectException e) {
      // as it is to be
    }
  }

  /** Asks until it answers so; the test's timeout bounds it. */
  private HttpResponse<String> await(String url, int status) throws Exception {
    while (true) {
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == status) {
          return answer;
        }
      } catch (IOException e) {
        // not up yet
      }
      Thread.onSpinWait();
    }
  }
}
