package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.HttpTrackerCodec;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Control plane, adapter and origin are gone for good, and edges that were killed start again: what
 * they were told and what they hold is on their disks.
 */
@Timeout(180)
class NoControlPlaneIT {
  private static final int CONTENT_BYTES = 6 * 1024 * 1024 + 4321;
  private static final String NAME = "film.bin";

  @TempDir static Path folder;

  private static final byte[] content = RandomBytes.of(5, CONTENT_BYTES);
  private static Site site;
  private static JsonNode published;
  private static Path torrent;

  @BeforeAll
  static void loseEverythingButTheEdges() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    Path file = Files.write(folder.resolve(NAME), content);
    site = Site.inNamespace(folder.resolve("site"), SitePlan.ofEdges(2));
    site.start();
    try (OriginProcess origin = OriginProcess.start(site.network(), file)) {
      published = site.publish("film", origin.url());
      site.awaitHeld("film");
    }
    torrent = site.torrentWithoutWebSeeds("film");
    site.controlPlane().kill();
    site.adapter().kill();
    for (Role edge : site.edges()) {
      edge.kill();
      edge.start();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void everyEdgeServesTheFileByHttp() throws Exception {
    for (JsonNode url : published.at("/http")) {
      Curl.Answer answer = site.curl().get(url.asText());
      assertEquals(200, answer.status());
      assertArrayEquals(content, answer.body());
    }
  }

  @Test
  void everyEdgeServesTheTorrent() throws Exception {
    for (JsonNode url : published.at("/http")) {
      String edge = url.asText().replaceFirst("/c/.*", "");
      Curl.Answer answer = site.curl().get(edge + "/t/film.torrent");
      assertEquals(200, answer.status());
      assertTrue(answer.text().contains(NAME));
    }
  }

  @Test
  void aClientCompletesByTrackerAndWire() throws Exception {
    assertDownloads("wire", torrent.toString());
  }

  @Test
  void aClientCompletesFromTheMagnet() throws Exception {
    assertDownloads("magnet", published.at("/magnet").asText());
  }

  @Test
  void everyEdgesHttpTrackerNamesEveryEdge() throws Exception {
    byte[] peerId = "-TT0001-000000000000".getBytes(StandardCharsets.US_ASCII);
    AnnounceRequest announce =
        new AnnounceRequest(
            InfoHash.fromHex(published.at("/infoHash").asText()),
            peerId,
            0,
            content.length,
            0,
            AnnounceRequest.Event.STARTED,
            7,
            50,
            26_881,
            true);
    for (JsonNode url : published.at("/http")) {
      String edge = url.asText().replaceFirst("/c/.*", "");
      Curl.Answer answer =
          site.curl().get(edge + "/announce?" + HttpTrackerCodec.formatAnnounce(announce));
      List<Integer> ports =
          HttpTrackerCodec.decodeAnnounce(answer.body()).peers().stream()
              .map(InetSocketAddress::getPort)
              .filter(port -> port != 26_881)
              .sorted()
              .toList();
      assertEquals(List.of(6882, 6883), ports);
    }
  }

  private static void assertDownloads(String what, String source) throws Exception {
    RealClient.ARIA2.assumeInstalled();
    Path into = Files.createDirectories(folder.resolve(what));
    RealClient.ARIA2.download(site.network(), source, into);
    assertArrayEquals(content, Files.readAllBytes(into.resolve(NAME)));
  }
}
