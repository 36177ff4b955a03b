package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.control.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while an adapter has a call of the control plane and its answer is not written down yet.
 * The kills on the other side, written down and not called yet, look to a new process like an
 * adapter that was away: {@link RestartIT} and {@link NextVersionIT}.
 */
class KillIT {
  private static final byte[] FIRST = TestTorrent.of("film", 1_000, 1);
  private static final byte[] SECOND = TestTorrent.of("film", 2_000, 2);

  @TempDir private Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AdapterStub adapter = new AdapterStub();

  @AfterEach
  void stop() {
    adapter.close();
  }

  /** The calls of one content's life, in their order. */
  private enum Call {
    FIRST_START("PUT", "/v1/ingests/film/1"),
    FIRST_METAINFO("GET", "/v1/ingests/film/1/metainfo"),
    RELEASE("POST", "/v1/ingests/film/1/release"),
    NEXT_START("PUT", "/v1/ingests/film/2"),
    NEXT_METAINFO("GET", "/v1/ingests/film/2/metainfo"),
    FORGET("DELETE", "/v1/ingests/film/1");

    private final String method;
    private final String path;

    Call(String method, String path) {
      this.method = method;
      this.path = path;
    }
  }

  @Test
  void killedInEveryCallOfAContentsLifeItConvergesAllTheSame() throws Exception {
    ControlPlaneConfig config =
        new ControlPlaneConfig(
            new ListenAddress("127.0.0.1", 0),
            dir.resolve("data"),
            Files.writeString(dir.resolve("admin"), ControlPlaneFixture.ADMIN),
            Files.writeString(dir.resolve("node"), ControlPlaneFixture.NODE),
            List.of(adapter.url()),
            1,
            ControlPlaneConfig.defaults().shutdownGrace());
    adapter.done("film", 1, FIRST);
    adapter.done("film", 2, SECOND);
    for (Call call : Call.values()) {
      AdapterStub.Stall stall = adapter.stall(call.method, call.path);
      try (ControlPlaneProcess weir = ControlPlaneProcess.start(dir, config)) {
        if (call == Call.FIRST_START) {
          publish(weir);
        }
        ControlPlaneFixture.await("the call " + call, () -> isHeard(weir, call));
        weir.kill();
      }
      stall.end();
    }
    adapter.forgetWhatWasHeard();
    try (ControlPlaneProcess weir = ControlPlaneProcess.start(dir, config)) {
      ControlPlaneFixture.await("version 1 is forgotten", () -> adapter.forgot("film", 1));
      JsonNode film = film(weir);
      assertEquals("ready", film.path("state").asText());
      assertEquals(2, film.path("version").asInt());
      assertEquals(2_000, film.path("lengthBytes").asInt());
      assertTrue(film.path("next").isNull());
      assertEquals(
          List.of(),
          adapter.heard().stream().filter(heard -> heard.contains("release")).toList(),
          "nothing is told twice");
    }
  }

  private void publish(ControlPlaneProcess weir) throws Exception {
    send(
        weir,
        ControlPlaneFixture.NODE,
        "PUT",
        "/v1/nodes/edge-1",
        ControlPlaneFixture.registration("edge-1", 1));
    send(
        weir,
        ControlPlaneFixture.ADMIN,
        "PUT",
        "/v1/contents/film",
        Json.MAPPER.readTree("{\"origin\":{\"url\":\"http://o/film\"}}"));
  }

  private boolean isHeard(ControlPlaneProcess weir, Call call) throws Exception {
    if (call == Call.RELEASE) {
      Heartbeat heartbeat = new Heartbeat(1, 1, List.of(new Holding("film", 1, 1, 1)));
      send(weir, ControlPlaneFixture.NODE, "POST", "/v1/nodes/edge-1/heartbeat", heartbeat);
    }
    if (call == Call.NEXT_START) {
      adapter.changed(new ChangedContent("film", 1));
    }
    return adapter.heard().contains(call.method + " " + call.path);
  }

  private JsonNode film(ControlPlaneProcess weir) throws Exception {
    return send(weir, ControlPlaneFixture.ADMIN, "GET", "/v1/contents/film", null);
  }

  private JsonNode send(
      ControlPlaneProcess weir, String token, String method, String path, Object body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(weir.url() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
            .build();
    return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }
}
