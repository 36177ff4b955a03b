package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An edge seeds what it does not hold: clients that come at once get every piece from an origin
 * that takes its time over each request, and find nothing to complain of.
 */
@Timeout(240)
class SlowOriginIT {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int PIECES = Nightly.or(100, 12);

  /** Several pieces, the last one short. */
  private static final int CONTENT_BYTES = (PIECES - 1) * PIECE_BYTES + 777;

  private static final List<RealClient> CLIENTS =
      List.of(RealClient.ARIA2, RealClient.LIBTORRENT, RealClient.TRANSMISSION);

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    CLIENTS.forEach(RealClient::assumeInstalled);
    // One edge, so that a second session of one client could only be a reconnection.
    site = Site.inNamespace(folder.resolve("site"), SitePlan.ofEdges(1).withoutSpool());
    site.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 5_000})
  void coldContentReachesEveryClientInOneSession(int delayMillis) throws Exception {
    Path files = Files.createDirectories(folder.resolve("origin"));
    for (RealClient client : CLIENTS) {
      Files.write(files.resolve(id(client)), content(client));
    }
    try (OriginProcess origin =
        OriginProcess.start(site.network(), files, Duration.ofMillis(delayMillis))) {
      for (RealClient client : CLIENTS) {
        site.register(id(client), origin.url() + id(client));
      }
      ExecutorService atOnce = Executors.newFixedThreadPool(CLIENTS.size());
      try {
        List<Future<?>> downloads = new ArrayList<>();
        for (RealClient client : CLIENTS) {
          downloads.add(atOnce.submit(() -> downloadOnceServed(client)));
        }
        for (Future<?> download : downloads) {
          download.get();
        }
      } finally {
        atOnce.shutdownNow();
      }
    }
    long bytes = (long) CLIENTS.size() * CONTENT_BYTES;
    assertEquals(
        bytes,
        site.adapter().metric("weir_origin_read_bytes_total", "fill"),
        "bytes that came from the origin while they were wanted: it was cold");
    assertEquals(
        bytes,
        site.edge().metric("weir_peer_uploaded_bytes_total"),
        "bytes that the edge uploaded: no block had to be asked for again");
    List<String> closes = site.edge().rises("weir_peer_closes_total");
    assertEquals(
        CLIENTS.size(),
        site.edge().metric("weir_peer_greetings_total"),
        () -> "sessions: none was dropped and came back: " + closes);
    assertEquals(0, site.edge().metric("weir_cache_verify_failures_total"), "bad pieces");
  }

  private Void downloadOnceServed(RealClient client) throws Exception {
    site.awaitServed(id(client));
    Path torrent = site.torrentWithoutWebSeeds(id(client));
    Path into = Files.createDirectories(folder.resolve("from-" + id(client)));
    client.download(site.network(), torrent.toString(), into);
    assertArrayEquals(content(client), Files.readAllBytes(into.resolve(id(client))));
    return null;
  }

  private static String id(RealClient client) {
    return client.name().toLowerCase(Locale.ROOT) + ".bin";
  }

  private static byte[] content(RealClient client) {
    return RandomBytes.of(client.name().hashCode(), CONTENT_BYTES);
  }
}
