package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fifty files with the names that people give them, by every way and in every kind of torrent. */
@Timeout(180)
class MultiFileIT {
  private static final String NAME = "Übung 🎓 müß\u0308ig";
  private static final Map<String, byte[]> FILES = OddNames.files();

  @TempDir static Path folder;
  private static Site site;
  private static OriginProcess origin;

  @BeforeAll
  static void publish() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    Path files = Files.createDirectories(folder.resolve(NAME));
    Folder.write(files, FILES);
    site = Site.inNamespace(folder.resolve("site"), SitePlan.ofEdges(1));
    site.start();
    origin = OriginProcess.start(site.network(), files);
    publish("v1");
  }

  @AfterAll
  static void stop() throws Exception {
    if (origin != null) {
      origin.close();
    }
    if (site != null) {
      site.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ARIA2", "LIBTORRENT", "TRANSMISSION"})
  void clientsCompleteEveryFile(RealClient client) throws Exception {
    assertDownloads(client, "v1");
  }

  @Test
  void curlGetsEveryFile() throws Exception {
    assertServedByHttp("v1");
  }

  @Test
  void hybridTorrentWithPaddingFilesGivesTheSameBytesByWireAndByHttp() throws Exception {
    site.restartAdapterWithTorrentFormat("hybrid");
    publish("hybrid");
    assertDownloads(RealClient.LIBTORRENT, "hybrid");
    assertServedByHttp("hybrid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "hybrid"})
  void torrentThatLibtorrentMadeIsServedAsItIs(String version) throws Exception {
    RealClient.LIBTORRENT.assumeInstalled();
    String id = "imported-" + version;
    byte[] torrent = madeByLibtorrent(version);
    site.register(
        id,
        Map.of(
            "origin",
            Map.of("baseUrl", origin.url()),
            "torrent",
            Base64.getEncoder().encodeToString(torrent)));
    site.awaitServed(id);
    assertDownloads(RealClient.LIBTORRENT, id);
    assertServedByHttp(id);
  }

  private static void publish(String id) throws Exception {
    List<String> paths = List.copyOf(FILES.keySet());
    site.register(
        id, Map.of("origin", Map.of("baseUrl", origin.url(), "files", paths), "name", NAME));
    site.awaitServed(id);
  }

  private static byte[] madeByLibtorrent(String version) throws Exception {
    Path script = Script.MAKE_TORRENT.copyTo(folder.resolve("make_torrent.py"));
    Path torrent = folder.resolve("made-" + version + ".torrent");
    Process process =
        new ProcessBuilder(
                Libtorrent.PYTHON,
                script.toString(),
                folder.resolve(NAME).toString(),
                version,
                torrent.toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
    return Files.readAllBytes(torrent);
  }

  private static void assertDownloads(RealClient client, String id) throws Exception {
    client.assumeInstalled();
    String what = client.name().toLowerCase(Locale.ROOT) + "-" + id;
    Path into = Files.createDirectories(folder.resolve(what));
    client.download(site.network(), site.torrentWithoutWebSeeds(id).toString(), into);
    Folder.assertHolds(into.resolve(NAME), FILES, client::pathOnDisk);
  }

  private static void assertServedByHttp(String id) throws Exception {
    JsonNode first = site.content(id).at("/http/0");
    String edge = first.asText().replaceFirst("/c/.*", "");
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      String url = edge + "/c/" + id + "/" + encoded(NAME + "/" + file.getKey());
      Curl.Answer answer = site.curl().get(url);
      assertEquals(200, answer.status(), file.getKey());
      assertArrayEquals(file.getValue(), answer.body(), file.getKey());
    }
  }

  /** Every byte of it percent-encoded but the slashes, which any server has to understand. */
  private static String encoded(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(b == '/' ? "/" : String.format("%%%02X", b));
    }
    return encoded.toString();
  }
}
