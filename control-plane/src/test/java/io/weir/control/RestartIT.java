package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.config.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {
  @TempDir private Path dir;
  private ControlPlaneFixture weir;

  @BeforeEach
  void start() throws Exception {
    weir = new ControlPlaneFixture(dir);
  }

  @AfterEach
  void stop() {
    weir.close();
  }

  @Test
  void everythingIsKeptAndTheVersionGrows() throws Exception {
    weir.registerNode("edge-1", 1 << 20);
    weir.adapter.done("film", 1, TestTorrent.of("film.mp4", 1_000, 1));
    weir.publish("film", "http://origin.example/film.mp4");
    JsonNode before = weir.awaitState("film", "ready");
    byte[] torrent = weir.admin("GET", "/v1/contents/film/torrent").bytes();
    long version = version();

    weir.restart();

    JsonNode after = weir.content("film");
    for (String field : List.of("version", "state", "infoHash", "magnet", "http", "createdAt")) {
      assertEquals(before.path(field), after.path(field), field);
    }
    assertEquals(torrent.length, weir.admin("GET", "/v1/contents/film/torrent").bytes().length);
    assertTrue(version() > version);
  }

  @Test
  void ingestUnderWayIsTakenUpAgain() throws Exception {
    weir.adapter.hashing("film", 1, 1, 2);
    weir.publish("film", "http://origin.example/film.mp4");
    weir.restart();
    weir.adapter.done("film", 1, TestTorrent.of("film.mp4", 1_000, 1));
    weir.awaitState("film", "ready");
  }

  @Test
  void commandThatCouldNotBeDeliveredIsDeliveredLater() throws Exception {
    weir.adapter.refuses("film", 1, 503, "starting");
    weir.publish("film", "http://origin.example/film.mp4");
    String put = "PUT " + AdapterStub.path("film", 1);
    ControlPlaneFixture.await("a try", () -> weir.adapter.heard().contains(put));
    assertEquals(204, weir.admin("DELETE", "/v1/contents/film").status());
    weir.restart();
    ControlPlaneFixture.await(
        "version 1 is forgotten",
        () -> weir.adapter.heard().contains("DELETE " + AdapterStub.path("film", 1)));
  }

  @Test
  void ingestMovesToAnAdapterThatIsConfigured() throws Exception {
    weir.adapter.hashing("film", 1, 1, 2);
    weir.publish("film", "http://origin.example/film.mp4");
    ControlPlaneConfig config = weir.config();
    weir.close();
    try (AdapterStub other = new AdapterStub();
        ControlPlane moved = ControlPlane.start(withAdapter(config, other.url()))) {
      assertTrue(moved.url().startsWith("http://127.0.0.1:"));
      ControlPlaneFixture.await(
          "the other adapter is asked",
          () -> other.heard().contains("PUT " + AdapterStub.path("film", 1)));
    }
    weir = new ControlPlaneFixture(Files.createDirectory(dir.resolve("fresh")));
  }

  private static ControlPlaneConfig withAdapter(ControlPlaneConfig config, String adapter) {
    return new ControlPlaneConfig(
        config.listen(),
        config.dataDir(),
        config.adminTokenFile(),
        config.nodeCredentialFile(),
        List.of(adapter),
        config.replicas(),
        config.shutdownGrace());
  }

  @Test
  void secondControlPlaneOnTheSameDirectoryIsRefused() {
    IOException refused = assertThrows(IOException.class, () -> ControlPlane.start(weir.config()));
    assertTrue(refused.getMessage().contains("in use by another process"));
  }

  @Test
  void takenPortIsNamedAndTheDirectoryIsLetGo() throws Exception {
    ControlPlaneConfig config = weir.config();
    int taken = URI.create(weir.url()).getPort();
    ControlPlaneConfig second =
        new ControlPlaneConfig(
            new ListenAddress("127.0.0.1", taken),
            dir.resolve("second"),
            config.adminTokenFile(),
            config.nodeCredentialFile(),
            config.originAdapters(),
            1,
            config.shutdownGrace());
    IOException refused = assertThrows(IOException.class, () -> ControlPlane.start(second));
    assertTrue(refused.getMessage().contains("127.0.0.1:" + taken), refused.getMessage());
    refused = assertThrows(IOException.class, () -> ControlPlane.start(second));
    assertTrue(refused.getMessage().contains("127.0.0.1:" + taken), refused.getMessage());
  }

  private long version() throws Exception {
    weir.registerNode("edge-1", 1 << 20);
    return weir.node("GET", "/v1/nodes/edge-1/assignment", null).json().path("version").asLong();
  }
}
