package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents of many files, and imported torrents. */
class ShapesIT {
  private static final String BASE = "http://origin.example/My%20Set/";
  private static final List<String> FILES = List.of("ä b/1.txt", "2.txt");

  @TempDir private Path dir;
  private ControlPlaneFixture weir;

  @BeforeEach
  void start() throws Exception {
    weir = new ControlPlaneFixture(dir);
    weir.registerNode("edge-1", 1 << 20);
  }

  @AfterEach
  void stop() {
    weir.close();
  }

  private static PublishRequest files(List<String> files) {
    return new PublishRequest(OriginLocation.ofFiles(BASE, files), null, null);
  }

  private static PublishRequest torrent(OriginLocation origin, byte[] torrent) {
    return new PublishRequest(origin, null, Base64.getEncoder().encodeToString(torrent));
  }

  private IngestRequest asked(String id, int version) throws Exception {
    byte[] body = weir.adapter.last("PUT", id, version).getBody();
    return Json.MAPPER.readValue(body, IngestRequest.class);
  }

  private Metainfo served(String id) throws Exception {
    return Metainfo.parse(weir.admin("GET", "/v1/contents/" + id + "/torrent").bytes());
  }

  @Test
  void manyFilesBecomeOneContentWithTheAddressesOfItsFirst() throws Exception {
    Answer accepted = weir.publish("set", files(FILES));
    assertEquals(202, accepted.status(), accepted::text);
    assertEquals(0, accepted.json().path("http").size());
    assertEquals(2, accepted.json().path("fileCount").asInt());
    assertEquals(BASE, accepted.json().path("origin").path("baseUrl").asText());
    assertTrue(accepted.json().path("origin").path("url").isNull());

    weir.adapter.done("set", 1, TestTorrent.ofFiles("My Set", FILES, 1));
    JsonNode ready = weir.awaitState("set", "ready");
    assertEquals(
        new IngestRequest(OriginLocation.ofFiles(BASE, FILES), "My Set", null), asked("set", 1));
    assertEquals(
        "http://edge-1.example:8080/c/set/My%20Set/%C3%A4%20b/1.txt",
        ready.path("http").get(0).asText());
    assertTrue(
        ready
            .path("magnet")
            .asText()
            .endsWith("&ws=http%3A%2F%2Fedge-1.example%3A8080%2Fc%2Fset%2F"),
        ready.path("magnet").asText());
    assertEquals(List.of("http://edge-1.example:8080/c/set/"), served("set").webSeeds());
    assertEquals(ready.path("http"), weir.admin("GET", "/v1/contents").json().at("/items/0/http"));
  }

  @Test
  void sameFilesAgainChangeNothingButAnotherOrderDoes() throws Exception {
    weir.publish("set", files(FILES));
    assertEquals(200, weir.publish("set", files(FILES)).status());
    Answer turned = weir.publish("set", files(List.of("2.txt", "ä b/1.txt")));
    assertEquals(202, turned.status());
    assertEquals(2, turned.json().path("version").asInt());
    ControlPlaneFixture.await(
        "the adapter is asked for the other order",
        () -> weir.adapter.heard().contains("PUT " + AdapterStub.path("set", 2)));
    assertEquals(List.of("2.txt", "ä b/1.txt"), asked("set", 2).origin().files());
  }

  @Test
  void mostFilesThatAContentMayHaveAreKeptAcrossAPurge() throws Exception {
    List<String> files =
        IntStream.range(0, OriginLocation.MAX_FILES)
            .mapToObj(i -> "d" + i % 100 + "/" + i)
            .toList();
    assertEquals(202, weir.publish("set", files(files)).status());
    assertEquals(202, weir.admin("POST", "/v1/contents/set/purge").status());
    ControlPlaneFixture.await(
        "the adapter is asked for version 2",
        () -> weir.adapter.heard().contains("PUT " + AdapterStub.path("set", 2)));
    assertEquals(files, asked("set", 2).origin().files());
    Answer list = weir.admin("GET", "/v1/contents");
    assertEquals(files.size(), list.json().at("/items/0/fileCount").asInt());
    assertTrue(list.bytes().length < 2_000, list::text);
  }

  @Test
  void metainfoOfOtherFilesFailsTheContent() throws Exception {
    weir.adapter.done("set", 1, TestTorrent.ofFiles("My Set", List.of("2.txt"), 1));
    weir.publish("set", files(FILES));
    assertEquals(
        "the origin adapter's metainfo has 1 files, not 2",
        weir.awaitState("set", "failed").path("failure").asText());
    weir.adapter.done("set", 2, TestTorrent.of("My Set", 1_000, 1));
    weir.publish("set", files(FILES));
    ControlPlaneFixture.await(
        "version 2 failed", () -> weir.content("set").path("version").asInt() == 2);
    assertEquals(
        "the origin adapter's metainfo is single-file, which the source is not",
        weir.awaitState("set", "failed").path("failure").asText());
  }

  @Test
  void importedTorrentIsServedAsItIsButForItsAddresses() throws Exception {
    byte[] given = TestTorrent.ofFiles("set\\1", FILES, 1);
    weir.adapter.done("set", 1, TestTorrent.ofFiles("set\\1", FILES, 2)); // not the operator's
    Answer accepted = weir.publish("set", torrent(new OriginLocation(null, BASE, null), given));
    assertEquals(202, accepted.status(), accepted::text);
    assertTrue(accepted.json().path("imported").asBoolean());
    JsonNode ready = weir.awaitState("set", "ready");

    Metainfo served = served("set");
    assertEquals(Metainfo.parse(given).info(), served.info());
    assertEquals(served.infoHash().toHex(), ready.path("infoHash").asText());
    assertEquals(
        List.of(List.of("udp://edge-1.example:6969", "http://edge-1.example:8080/announce")),
        served.announceTiers());
    assertEquals(List.of("http://edge-1.example:8080/c/set/"), served.webSeeds());
    assertEquals(
        "http://edge-1.example:8080/c/set/set%5C1/%C3%A4%20b/1.txt",
        ready.path("http").get(0).asText());

    IngestRequest asked = asked("set", 1);
    assertEquals(new OriginLocation(null, BASE, null), asked.origin());
    assertEquals("set\\1", asked.name());
    byte[] bare = Base64.getDecoder().decode(asked.torrent());
    assertEquals(Metainfo.parse(given).info(), Metainfo.parse(bare).info());
    assertArrayEquals(bare, weir.node("GET", "/v1/nodes/edge-1/metainfo/set/1", null).bytes());
  }

  @Test
  void torrentsOfEveryVersionMayBeImported() throws Exception {
    OriginLocation url = OriginLocation.ofUrl("http://origin.example/whatever");
    byte[] v2Only = TestTorrent.v2Only("film", 600_000, 1);
    weir.adapter.done("v2", 1, v2Only);
    weir.publish("v2", torrent(url, v2Only));
    JsonNode v2 = weir.awaitState("v2", "ready");
    assertTrue(v2.path("infoHash").isNull());
    assertEquals(Metainfo.parse(v2Only).infoHashV2().toHex(), v2.path("infoHashV2").asText());
    assertNull(served("v2").infoHash());

    byte[] hybrid = TestTorrent.of("film", 600_000, 1);
    weir.adapter.done("hybrid", 1, hybrid);
    weir.publish("hybrid", torrent(url, hybrid));
    JsonNode both = weir.awaitState("hybrid", "ready");
    assertEquals(Metainfo.parse(hybrid).infoHash().toHex(), both.path("infoHash").asText());
    assertEquals("http://edge-1.example:8080/c/hybrid/film", both.path("http").get(0).asText());
  }

  @Test
  void importOfTheSameTorrentWithOtherTrackersChangesNothing() throws Exception {
    OriginLocation url = OriginLocation.ofUrl("http://origin.example/film");
    byte[] bare = TestTorrent.of("film", 600_000, 1);
    byte[] announced =
        Metainfo.parse(bare).toTorrent(List.of(List.of("udp://t.example:1")), List.of());
    assertEquals(202, weir.publish("film", torrent(url, bare)).status());
    assertEquals(200, weir.publish("film", torrent(url, announced)).status());
    assertEquals(202, weir.publish("film", torrent(url, TestTorrent.of("film", 9, 1))).status());
  }

  @Test
  void refusedPublicationLeavesNothingBehind() throws Exception {
    List<String> files = new ArrayList<>(FILES);
    files.add("2.TXT");
    Answer refused =
        weir.put(
            "set",
            Json.MAPPER.writeValueAsString(
                new PublishRequest(OriginLocation.ofFiles(BASE, files), null, null)));
    assertEquals(400, refused.status());
    assertEquals(
        "origin.files[2]: differs from files[1] only in case or accents' composition",
        refused.json().path("detail").asText());
    assertEquals(404, weir.admin("GET", "/v1/contents/set").status());
    assertEquals(404, weir.admin("DELETE", "/v1/contents/set").status()); // no version was made
  }
}
