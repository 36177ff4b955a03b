package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.HttpTrackerCodec;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torrents, announces and scrapes over HTTP. */
class HttpSwarmIT {
  private final TestContent film = TestContent.single("film", "the film.mp4", 100_000);
  private HttpServerHarness edge;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    edge = new HttpServerHarness(directory, HttpLimits.defaults(), HttpServerHarness.HOT_BYTES);
    edge.serve(film);
    edge.serve(TestContent.multi("album", "al bum"));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void torrentNamesThisEdgeFirst() throws Exception {
    HttpResponse<byte[]> response = edge.get("/t/film.torrent");
    assertEquals(200, response.statusCode());
    assertEquals(
        "application/x-bittorrent", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        "attachment; filename=\"film.torrent\"",
        response.headers().firstValue("Content-Disposition").orElse(""));
    assertEquals(film.metainfo().swarmHash(), Metainfo.parse(response.body()).swarmHash());
    String text = new String(response.body(), StandardCharsets.ISO_8859_1);
    String own = edge.self.http();
    assertInOrder(
        text,
        "udp://127.0.0.1:6969",
        own + "/announce",
        "udp://10.0.0.2:6969",
        "http://10.0.0.2:8080/announce");
    assertTrue(text.contains(own + "/c/film/the%20film.mp4"));
    assertTrue(text.contains("http://10.0.0.2:8080/c/film/the%20film.mp4"));
  }

  @Test
  void webSeedOfSeveralFilesIsTheirFolder() throws Exception {
    String text = new String(edge.get("/t/album.torrent").body(), StandardCharsets.ISO_8859_1);
    String seed = edge.self.http() + "/c/album/";
    assertTrue(text.contains(seed.length() + ":" + seed), text);
  }

  @Test
  void headOfATorrentHasItsLength() throws Exception {
    HttpResponse<byte[]> head = edge.send("HEAD", "/t/film.torrent");
    assertEquals(0, head.body().length);
    assertEquals(
        String.valueOf(edge.get("/t/film.torrent").body().length),
        head.headers().firstValue("Content-Length").orElse(""));
  }

  @Test
  void announceReachesTheTrackerWithItsInfoHashUnharmed() throws Exception {
    InfoHash hash = film.metainfo().swarmHash();
    HttpResponse<byte[]> response = edge.get("/announce?" + query(hash));
    assertEquals(200, response.statusCode());
    assertEquals("text/plain", response.headers().firstValue("Content-Type").orElse(""));
    AnnounceResponse answer = HttpTrackerCodec.decodeAnnounce(response.body());
    assertEquals(1, answer.leechers());
    assertTrue(answer.peers().stream().anyMatch(peer -> peer.getPort() == 6881));
    BencodeDictionary scrape = dictionary(edge.get("/scrape?info_hash=" + escape(hash)).body());
    assertEquals(1, scrape.dictionary("files").entries().size());
  }

  @Test
  void whatIsNotRegisteredIsRefusedInTheBody() throws Exception {
    InfoHash unknown = InfoHash.of(new byte[20]);
    for (String path :
        new String[] {"/announce?" + query(unknown), "/announce", "/announce?info_hash=x"}) {
      HttpResponse<byte[]> response = edge.get(path);
      assertEquals(200, response.statusCode());
      assertTrue(dictionary(response.body()).findText("failure reason") != null, path);
    }
    assertArrayEquals(
        "d5:filesdee".getBytes(StandardCharsets.US_ASCII),
        edge.get("/scrape?info_hash=" + escape(unknown)).body());
  }

  private static String query(InfoHash hash) {
    return "info_hash="
        + escape(hash)
        + "&peer_id=-XX0001-abcdefghijkl&port=7000&uploaded=0&downloaded=0&left=5&compact=1"
        + "&event=started";
  }

  private static String escape(InfoHash hash) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : hash.toBytes()) {
      escaped.append("%%%02x".formatted(b));
    }
    return escaped.toString();
  }

  private static BencodeDictionary dictionary(byte[] body) throws Exception {
    return (BencodeDictionary) Bencode.decode(body, BencodeLimits.TRACKER);
  }

  private static void assertInOrder(String text, String... parts) {
    int at = 0;
    for (String part : parts) {
      at = text.indexOf(part, at);
      assertTrue(at >= 0, part);
    }
  }
}
