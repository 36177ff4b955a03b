package io.weir.edge;

import static io.weir.edge.fixture.Await.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fill.FakeAdapter;
import io.weir.edge.fixture.StubControlPlane;
import io.weir.edge.fixture.TestCertificate;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.tls.TlsFiles;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.metainfo.Metainfo;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole node between a control plane's and an adapter's stand-ins. */
class EdgeNodeIT {
  private static final String TOKEN = "node-credential";
  private static final ListenAddress ANY = new ListenAddress("127.0.0.1", 0);

  private final TestContent film = TestContent.ofPieces("film", 1, 40);
  private final HttpClient client = HttpClient.newHttpClient();

  private DataSize scrubRate = DataSize.ofMebibytes(4);
  private @Nullable ListenAddress https;
  private EdgeConfig.Tls tls = new EdgeConfig.Tls(null, null);
  @TempDir private Path directory;
  private StubControlPlane controlPlane;
  private FakeAdapter adapter;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(directory.resolve("credential"), TOKEN);
    adapter = new FakeAdapter(List.of(film.bytes()));
    controlPlane = new StubControlPlane(TOKEN);
    Metainfo metainfo = film.cached().metainfo();
    controlPlane.metainfo("film/1", metainfo.toTorrent(List.of(), List.of()));
    controlPlane.assign(
        new Assignment(
            3,
            List.of(
                new AssignedContent(
                    "film",
                    1,
                    true,
                    metainfo.infoHash().toHex(),
                    metainfo.infoHashV2().toHex(),
                    List.of("edge"),
                    adapter.url())),
            List.of()));
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    adapter.close();
  }

  @Test
  void assignedContentIsFilledOnceServedAndKeptWithoutAnyoneElse() throws Exception {
    String http;
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      http = node.endpoints().http();
      assertEquals(node.endpoints(), registered());
      until("ready", () -> status(node.endpoints().admin() + "/readyz") == 200);
      until("served", () -> status(http + "/c/film/file") == 200);
      assertArrayEquals(film.bytes(), get(http + "/c/film/file").body());
      Holding whole = new Holding("film", 1, 40, 40);
      until(
          "all is held and told", () -> controlPlane.heartbeat().holdings().equals(List.of(whole)));
      until("bytes are counted", () -> node.httpContentBytesSent() >= film.bytes().length);
      assertEquals(40, adapter.requests().size());
    }
    controlPlane.close();
    adapter.close();
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      assertArrayEquals(film.bytes(), get(node.endpoints().http() + "/c/film/file").body());
      assertEquals(200, status(node.endpoints().admin() + "/readyz"));
      String torrent = node.endpoints().http() + "/t/film.torrent";
      assertEquals(
          film.cached().metainfo().swarmHash(), Metainfo.parse(get(torrent).body()).swarmHash());
      assertEquals(0, node.swarmContentBytesSent());
    }
  }

  @Test
  void drainedNodeGoesOnServingButAsksToBeLeftAlone() throws Exception {
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      String file = node.endpoints().http() + "/c/film/file";
      String admin = node.endpoints().admin();
      until("ready", () -> status(admin + "/readyz") == 200);
      until("served", () -> status(file) == 200);
      assertNotEquals("close", get(file).headers().firstValue("Connection").orElse("none"));
      HttpRequest drain =
          HttpRequest.newBuilder(URI.create(admin + "/drain"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertEquals(200, client.send(drain, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertEquals(503, status(admin + "/readyz"));
      assertArrayEquals(film.bytes(), get(file).body());
      assertEquals("close", get(file).headers().firstValue("Connection").orElse("none"));
      node.drain().get(10, TimeUnit.SECONDS);
      assertThrows(IOException.class, () -> get(file));
    }
  }

  @Test
  void peerPortIsOneNumberForTcpAndUdp() throws Exception {
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      String peer = node.endpoints().peer();
      int port = Integer.parseInt(peer.substring(peer.lastIndexOf(':') + 1));
      assertThrows(IOException.class, () -> new DatagramSocket(port).close());
      assertThrows(IOException.class, () -> new ServerSocket(port).close());
    }
  }

  @Test
  void metricsOfEveryPartAreShown() throws Exception {
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      String metrics =
          new String(get(node.endpoints().admin() + "/metrics").body(), StandardCharsets.UTF_8);
      for (String name :
          List.of(
              "weir_http_requests_total",
              "weir_cache_",
              "weir_tracker_",
              "weir_peer_",
              "weir_store_writable 1",
              "weir_scrub_pass_age_seconds")) {
        assertTrue(metrics.contains(name), name);
      }
    }
  }

  @Test
  void scrubRateOfNothingIsNoScrub() throws Exception {
    scrubRate = new DataSize(0);
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      String metrics =
          new String(get(node.endpoints().admin() + "/metrics").body(), StandardCharsets.UTF_8);
      assertFalse(metrics.contains("weir_scrub_"));
    }
  }

  @Test
  void contentIsServedOverTlsToo() throws Exception {
    TestCertificate certificate = TestCertificate.make(directory, "EC");
    TlsFiles files = certificate.write(directory);
    tls = new EdgeConfig.Tls(files.certificate(), files.key());
    https = ANY;
    HttpClient secure = HttpClient.newBuilder().sslContext(certificate.client()).build();
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      String url = "https://127.0.0.1:" + node.httpsAddress().getPort() + "/c/film/file";
      until("served", () -> status(node.endpoints().http() + "/c/film/file") == 200);
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      assertArrayEquals(
          film.bytes(), secure.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
  }

  @Test
  void certificateThatCannotBeReadIsNamedAndNothingStaysOpen() throws Exception {
    https = ANY;
    tls = new EdgeConfig.Tls(directory.resolve("none.crt"), directory.resolve("none.key"));
    IOException refused = assertThrows(IOException.class, () -> EdgeNode.start(config(ANY)));
    assertEquals(
        "tls.certificate: " + directory.resolve("none.crt") + ": does not exist",
        refused.getMessage());
    https = null;
    EdgeNode.start(config(ANY)).close();
  }

  @Test
  void portThatIsTakenIsNamedAndNothingStaysOpen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());
      IOException refused = assertThrows(IOException.class, () -> EdgeNode.start(config(address)));
      assertTrue(refused.getMessage().contains("listener http cannot bind " + address));
    }
    EdgeNode.start(config(ANY)).close();
  }

  @Test
  void secondNodeOnOneDataDirectoryIsRefused() throws Exception {
    try (EdgeNode node = EdgeNode.start(config(ANY))) {
      assertThrows(IOException.class, () -> EdgeNode.start(config(ANY)));
      assertEquals(200, status(node.endpoints().admin() + "/healthz"));
    }
  }

  private EdgeConfig config(ListenAddress http) {
    return new EdgeConfig(
        "edge",
        directory.resolve("data"),
        null,
        new EdgeConfig.Listen(http, https, ANY, ANY, ANY),
        tls,
        new EdgeConfig.ControlPlane(
            controlPlane.url(), directory.resolve("credential"), Duration.ofMillis(50)),
        new EdgeConfig.Store(DataSize.ofMebibytes(64), scrubRate),
        new EdgeConfig.HotTier(DataSize.ofMebibytes(8)),
        Duration.ofSeconds(1));
  }

  private Object registered() {
    until("registered", () -> !controlPlane.registrations().isEmpty());
    return controlPlane.registrations().get(0).endpoints();
  }

  private int status(String url) {
    try {
      return get(url).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
