package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API refuses, and what a start needs. */
final class ApiIT {
  @TempDir private Path directory;
  private AdapterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new AdapterRig(directory).start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void requestWithoutTheCredentialIsUnauthorised() throws Exception {
    for (String path :
        new String[] {"/v1/ingests/film/1", "/v1/pieces/film/1/0", "/v1/changed", "/elsewhere"}) {
      URI uri = rig.request(path).build().uri();
      HttpResponse<String> bare = bare(HttpRequest.newBuilder(uri));
      HttpResponse<String> wrong =
          bare(HttpRequest.newBuilder(uri).header("Authorization", "Bearer wrong"));
      assertEquals(401, bare.statusCode());
      assertEquals(401, wrong.statusCode());
      assertEquals("Bearer", bare.headers().firstValue("WWW-Authenticate").orElse(""));
    }
  }

  @Test
  void healthAndMetricsOnLoopbackNeedNoCredential() throws Exception {
    for (String path : new String[] {"/healthz", "/readyz", "/metrics"}) {
      assertEquals(200, bare(HttpRequest.newBuilder(rig.request(path).build().uri())).statusCode());
    }
    assertTrue(rig.metric("weir_ingests{state=\"done\"}") == 0);
  }

  @Test
  void metricsThatOthersCanReachNeedTheCredential() throws Exception {
    rig.stop();
    rig.listening(new ListenAddress("0.0.0.0", 0)).start();
    URI metrics = rig.request("/metrics").build().uri();

    HttpResponse<String> refused = bare(HttpRequest.newBuilder(metrics));
    assertEquals(401, refused.statusCode());
    assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(200, rig.get("/metrics").statusCode());
    for (String path : new String[] {"/healthz", "/readyz"}) {
      assertEquals(200, bare(HttpRequest.newBuilder(metrics.resolve(path))).statusCode());
    }
  }

  private static HttpResponse<String> bare(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void wrongRequestsAreNamed() throws Exception {
    assertProblem(400, "content id", rig.put("Film/1", "http://127.0.0.1:1/"));
    assertProblem(400, "content id", rig.put("film/0", "http://127.0.0.1:1/"));
    assertProblem(400, "origin.url must be absolute", rig.put("film/1", "film.mp4"));
    assertProblem(400, "origin.url is not a URL", rig.put("film/1", "http://a b/"));
    assertProblem(
        400,
        "name must not contain",
        rig.put("film/1", IngestRequest.ofUrl("http://127.0.0.1:1/", "../x")));
    assertProblem(400, "body", putBody("{"));
    assertProblem(400, "origin is required", putBody("{}"));
    assertProblem(400, "object", putBody("null"));
    assertProblem(
        400,
        "exactly one of url and baseUrl",
        putBody("{\"origin\":{\"url\":\"http://a/\",\"baseUrl\":\"http://a/\"},\"name\":\"a\"}"));
    assertProblem(413, "33554432", putBody("\"" + "x".repeat(33 << 20) + "\""));
    assertProblem(404, "no such ingest", rig.get("/v1/ingests/film/1"));
    assertProblem(404, "no such ingest", rig.get("/v1/ingests/film/1/metainfo"));
    assertProblem(404, "no such ingest", rig.send("POST", "/v1/ingests/film/1/release"));
    assertProblem(404, "no such resource", rig.get("/v1/elsewhere"));
    assertProblem(405, "method", rig.send("POST", "/v1/ingests/film/1"));
    assertEquals(204, rig.send("DELETE", "/v1/ingests/film/1").statusCode());
  }

  private HttpResponse<byte[]> putBody(String body) throws Exception {
    return rig.send(rig.request("/v1/ingests/film/1").PUT(BodyPublishers.ofString(body)));
  }

  private static void assertProblem(int status, String text, HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(status, answer.statusCode(), body);
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(body.contains(text), body);
  }

  @Test
  void startWithoutCredentialFileNamesIt() throws Exception {
    rig.stop();
    Files.delete(rig.config().credentialFile());

    IOException failure = assertThrows(IOException.class, () -> rig.start());
    assertTrue(String.valueOf(failure.getMessage()).contains("credential"), failure.getMessage());
  }

  @Test
  void startOnATakenPortNamesTheAddress() throws Exception {
    int port = rig.request("/").build().uri().getPort();
    OriginAdapterConfig taken =
        new OriginAdapterConfig(
            new ListenAddress("127.0.0.1", port),
            directory.resolve("other"),
            rig.config().credentialFile(),
            rig.config().origins(),
            rig.config().spool(),
            rig.config().torrentFormat(),
            rig.config().shutdownGrace());

    IOException failure = assertThrows(IOException.class, () -> OriginAdapter.start(taken));
    assertTrue(String.valueOf(failure.getMessage()).contains("" + port), failure.getMessage());
  }

  @Test
  void secondAdapterOnOneDataDirectoryIsRefusedAndTouchesNothing() throws Exception {
    Path beingWritten = rig.dataDir.resolve("spool/.scratch/1");
    Files.writeString(beingWritten, "half a piece");
    Path forgotten = Files.createDirectories(rig.dataDir.resolve("spool/forgotten/1/0"));
    Files.writeString(forgotten.resolve("0"), "a piece");
    Files.delete(rig.dataDir.resolve("ingests"));

    IOException refused = assertThrows(IOException.class, () -> OriginAdapter.start(rig.config()));

    assertEquals("data-dir " + rig.dataDir + " is in use by another process", refused.getMessage());
    assertTrue(Files.exists(beingWritten));
    assertTrue(Files.exists(forgotten.resolve("0")));
    assertFalse(Files.exists(rig.dataDir.resolve("ingests")));
  }

  @Test
  void failedStartLetsTheDataDirectoryGo() throws Exception {
    rig.stop();
    Path credential = rig.config().credentialFile();
    Path hidden = Files.move(credential, directory.resolve("hidden"));
    assertThrows(IOException.class, () -> rig.start());

    Files.move(hidden, credential);
    rig.start();

    assertEquals(200, rig.get("/healthz").statusCode());
  }

  @Test
  void unfinishedIngestBeginsAgainAfterARestart() throws Exception {
    try (ScriptedOrigin origin = new ScriptedOrigin(300_000)) {
      Path record = rig.dataDir.resolve("ingests/film/1.json");
      rig.ingest("film/1", origin.url());
      rig.stop();
      Files.writeString(record, Files.readString(record).replace("\"DONE\"", "\"HASHING\""));
      origin.forgetRequests();

      rig.start();

      assertEquals(State.DONE, rig.awaitEnd("film/1").state());
      assertEquals(1, origin.gets().size());
      assertEquals(300_000, rig.metric("weir_spool_bytes"));
    }
  }

  @Test
  void recordThatIsDamagedLeavesTheOthersAlone() throws Exception {
    try (ScriptedOrigin origin = new ScriptedOrigin(300_000)) {
      rig.ingest("film/1", origin.url());
      rig.ingest("film/2", origin.url());
      rig.stop();
      Files.writeString(rig.dataDir.resolve("ingests/film/1.json"), "{\"requ");

      rig.start();

      assertEquals(404, rig.get("/v1/ingests/film/1").statusCode());
      assertEquals(State.DONE, rig.status("film/2").state());
      assertEquals(300_000, rig.metric("weir_spool_bytes"));
    }
  }
}
