package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.Json;
import io.weir.protocol.metainfo.Magnet;
import io.weir.protocol.metainfo.Metainfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishIT {
  private static final String ORIGIN = "http://origin.example/My%20Film.mp4";
  private static final byte[] TORRENT = TestTorrent.of("My Film.mp4", 600_000, 1);

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
  void publishedContentBecomesReadyWithAllItsAddresses() throws Exception {
    weir.registerNode("edge-1", 1 << 20);
    weir.registerNode("edge-2", 1 << 20);
    weir.registerNode("edge-3", 1 << 20);
    weir.adapter.done("film", 1, TORRENT);

    Answer accepted = weir.publish("film", ORIGIN);
    assertEquals(202, accepted.status(), accepted::text);
    assertEquals("\"1-ingesting\"", accepted.header("ETag"));
    assertEquals("ingesting", accepted.json().path("state").asText());

    JsonNode ready = weir.awaitState("film", "ready");
    Metainfo metainfo = Metainfo.parse(TORRENT);
    assertEquals(metainfo.infoHash().toHex(), ready.path("infoHash").asText());
    assertEquals(metainfo.infoHashV2().toHex(), ready.path("infoHashV2").asText());
    assertEquals(600_000, ready.path("lengthBytes").asLong());
    assertEquals(3, ready.path("pieces").asInt());
    assertEquals(600_000, ready.path("progress").path("totalBytes").asLong());
    assertEquals(2, ready.path("replicas").size());
    assertEquals(3, ready.path("http").size());
    String replica = ready.path("replicas").get(0).path("node").asText();
    String webSeed = "http://" + replica + ".example:8080/c/film/My%20Film.mp4";
    assertEquals(webSeed, ready.path("http").get(0).asText());
    assertEquals(weir.url() + "/v1/contents/film/torrent", ready.path("torrent").asText());

    Magnet magnet = Magnet.parse(ready.path("magnet").asText());
    assertEquals(metainfo.infoHash(), magnet.infoHash());
    assertEquals("udp://" + replica + ".example:6969", magnet.trackers().get(0));
    assertEquals(4, magnet.trackers().size());
    assertEquals(webSeed, magnet.webSeeds().get(0));
  }

  @Test
  void adapterIsAskedWithTheOriginTheNameAndTheCredential() throws Exception {
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    var asked = weir.adapter.last("PUT", "film", 1);
    assertEquals("Bearer " + ControlPlaneFixture.NODE, asked.getHeader("Authorization"));
    assertEquals(
        IngestRequest.ofUrl(ORIGIN, "My Film.mp4"),
        Json.MAPPER.readValue(asked.getBody(), IngestRequest.class));
  }

  @Test
  void torrentCarriesTheReplicasTrackersAndWebSeeds() throws Exception {
    weir.registerNode("edge-1", 1 << 20);
    assertEquals(404, weir.admin("GET", "/v1/contents/film/torrent").status());
    weir.adapter.hashing("film", 1, 10, 20);
    weir.publish("film", ORIGIN);
    assertEquals(409, weir.admin("GET", "/v1/contents/film/torrent").status());
    weir.adapter.done("film", 1, TORRENT);
    weir.awaitState("film", "ready");

    Answer torrent = weir.admin("GET", "/v1/contents/film/torrent");
    assertEquals(200, torrent.status());
    assertEquals("application/x-bittorrent", torrent.header("Content-Type"));
    assertEquals(
        "attachment; filename*=UTF-8''My%20Film.mp4.torrent",
        torrent.header("Content-Disposition"));
    assertEquals(Metainfo.parse(TORRENT).infoHash(), Metainfo.parse(torrent.bytes()).infoHash());
    String text = new String(torrent.bytes(), StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("udp://edge-1.example:6969"));
    assertTrue(text.contains("http://edge-1.example:8080/announce"));
    assertTrue(text.contains("http://edge-1.example:8080/c/film/My%20Film.mp4"));
  }

  @Test
  void bareMetainfoIsServedToNodesForTheReadyVersionOnly() throws Exception {
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    String path = "/v1/nodes/edge-1/metainfo/film/";
    assertArrayEquals(TORRENT, weir.node("GET", path + "1", null).bytes());
    assertEquals(404, weir.node("GET", path + "2", null).status());
    assertEquals(400, weir.node("GET", path + "x", null).status());
  }

  @Test
  void progressOfAnIngestIsShown() throws Exception {
    weir.adapter.hashing("film", 1, 10, 20);
    weir.publish("film", ORIGIN);
    ControlPlaneFixture.await(
        "10 of 20 bytes hashed",
        () -> weir.content("film").path("progress").path("hashedBytes").asLong() == 10);
    assertEquals(20, weir.content("film").path("progress").path("totalBytes").asLong());
  }

  @Test
  void samePublicationAgainChangesNothing() throws Exception {
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    Answer again = weir.publish("film", ORIGIN);
    assertEquals(200, again.status());
    assertEquals(1, again.json().path("version").asInt());
    assertEquals("ready", again.json().path("state").asText());
    assertEquals(
        1, Collections.frequency(weir.adapter.heard(), "PUT " + AdapterStub.path("film", 1)));
  }

  @Test
  void otherOriginMakesANewVersionAndTheOldOneIsForgotten() throws Exception {
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    weir.adapter.done("film", 2, TestTorrent.of("other.mp4", 300_000, 2));
    Answer changed = weir.publish("film", "http://origin.example/other.mp4");
    assertEquals(202, changed.status());
    assertEquals(2, changed.json().path("version").asInt());
    assertEquals("ingesting", changed.json().path("state").asText());
    assertTrue(changed.json().path("infoHash").isNull());
    JsonNode ready = weir.awaitState("film", "ready");
    assertNotEquals(Metainfo.parse(TORRENT).infoHash().toHex(), ready.path("infoHash").asText());
    ControlPlaneFixture.await(
        "version 1 is forgotten",
        () -> weir.adapter.heard().contains("DELETE " + AdapterStub.path("film", 1)));
  }

  @Test
  void purgeReadsTheOriginAgain() throws Exception {
    assertEquals(404, weir.admin("POST", "/v1/contents/film/purge").status());
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    weir.adapter.done("film", 2, TORRENT);
    Answer purged = weir.admin("POST", "/v1/contents/film/purge");
    assertEquals(202, purged.status());
    assertEquals("ingesting", purged.json().path("state").asText());
    JsonNode ready = weir.awaitState("film", "ready");
    assertEquals(2, ready.path("version").asInt());
    assertEquals(Metainfo.parse(TORRENT).infoHash().toHex(), ready.path("infoHash").asText());
  }

  @Test
  void deletedContentIsGoneAndItsVersionNumbersAreNeverUsedAgain() throws Exception {
    assertEquals(404, weir.admin("DELETE", "/v1/contents/film").status());
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    assertEquals(204, weir.admin("DELETE", "/v1/contents/film").status());
    assertEquals(204, weir.admin("DELETE", "/v1/contents/film").status());
    assertEquals(404, weir.admin("GET", "/v1/contents/film").status());
    ControlPlaneFixture.await(
        "version 1 is forgotten",
        () -> weir.adapter.heard().contains("DELETE " + AdapterStub.path("film", 1)));
    assertEquals(2, weir.publish("film", ORIGIN).json().path("version").asInt());
  }

  @Test
  void changesAreGuardedByEntityTags() throws Exception {
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    String tag = weir.admin("GET", "/v1/contents/film").header("ETag");
    assertEquals("\"1-ready\"", tag);
    assertEquals(412, weir.publish("film", "http://o/x", "If-Match", "\"0-ready\"").status());
    assertEquals(412, weir.admin("DELETE", "/v1/contents/film", "If-Match", "\"x\"").status());
    assertEquals(412, weir.publish("absent", "http://o/x", "If-Match", "*").status());
    assertEquals(202, weir.publish("film", "http://o/x", "If-Match", tag).status());
    assertEquals(412, weir.admin("DELETE", "/v1/contents/film", "If-Match", tag).status());
    assertEquals(204, weir.admin("DELETE", "/v1/contents/film", "If-Match", "*").status());
  }

  @Test
  void failedIngestFailsTheContentWithItsReason() throws Exception {
    weir.adapter.failed("film", 1, "the origin answers 404");
    weir.publish("film", ORIGIN);
    JsonNode failed = weir.awaitState("film", "failed");
    assertEquals("the origin answers 404", failed.path("failure").asText());
    assertEquals(0, failed.path("http").size());
  }

  @Test
  void failedContentThatIsRegisteredAgainIsTriedAgain() throws Exception {
    weir.adapter.failed("film", 1, "the origin answers 404");
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "failed");
    assertEquals(202, weir.publish("film", ORIGIN).status());
    assertEquals(2, weir.content("film").path("version").asInt());
  }

  @Test
  void refusedOriginFailsTheContentWithTheAdaptersReason() throws Exception {
    weir.adapter.refuses("film", 1, 403, "origin.example is not an allowed origin");
    weir.publish("film", ORIGIN);
    assertEquals(
        "origin.example is not an allowed origin",
        weir.awaitState("film", "failed").path("failure").asText());
  }

  @Test
  void brokenAdapterIsTriedAgainUntilItWorks() throws Exception {
    weir.adapter.refuses("film", 1, 503, "starting");
    weir.publish("film", ORIGIN);
    String put = "PUT " + AdapterStub.path("film", 1);
    ControlPlaneFixture.await(
        "a second try", () -> Collections.frequency(weir.adapter.heard(), put) >= 2);
    JsonNode waiting = weir.content("film");
    assertEquals("ingesting", waiting.path("state").asText());
    assertTrue(waiting.path("failure").isNull());
    weir.adapter.done("film", 1, TORRENT);
    weir.awaitState("film", "ready");
  }

  @Test
  void metainfoThatIsNotOneFailsTheContent() throws Exception {
    weir.adapter.done("film", 1, "d4:infoi1ee".getBytes(StandardCharsets.US_ASCII));
    weir.publish("film", ORIGIN);
    assertTrue(
        weir.awaitState("film", "failed").path("failure").asText().contains("not acceptable"));
  }

  @Test
  void metainfoOfAnotherNameFailsTheContent() throws Exception {
    weir.adapter.done("film", 1, TestTorrent.of("other", 1_000, 1));
    weir.publish("film", ORIGIN);
    assertTrue(weir.awaitState("film", "failed").path("failure").asText().contains("another name"));
  }

  @Test
  void spoolIsReleasedOnceAllReplicasHoldEverything() throws Exception {
    weir.registerNode("edge-1", 1 << 20);
    weir.registerNode("edge-2", 1 << 20);
    weir.adapter.done("film", 1, TORRENT);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    Holding whole = new Holding("film", 1, 3, 3);
    String release = "POST " + AdapterStub.path("film", 1) + "/release";

    weir.heartbeat("edge-1", whole);
    weir.heartbeat("edge-2", new Holding("film", 1, 2, 3));
    assertEquals(2, weir.content("film").path("replicas").findValues("piecesHeld").size());
    assertFalse(weir.adapter.heard().contains(release));
    weir.heartbeat("edge-2", whole);
    ControlPlaneFixture.await("a release", () -> weir.adapter.heard().contains(release));

    weir.adapter.done("film", 2, TORRENT);
    weir.admin("POST", "/v1/contents/film/purge");
    weir.awaitState("film", "ready");
    assertEquals(1, Collections.frequency(weir.adapter.heard(), release));
    assertEquals(
        List.of(), weir.adapter.heard().stream().filter(h -> h.contains("2/release")).toList());
  }
}
