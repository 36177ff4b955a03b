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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
  private static final int PIECES = Nightly.or(100, 9);

  /** Several pieces, the last one short. */
  private static final int CONTENT_BYTES = (PIECES - 1) * PIECE_BYTES + 777;

  private static final List<RealClient> CLIENTS =
      List.of(RealClient.ARIA2, RealClient.LIBTORRENT, RealClient.TRANSMISSION);

  @TempDir static Path folder;
  private static Site site;

  /** What the site has counted at one time. */
  private record Counts(long originBytes, long uploadedBytes, long sessions, long badPieces) {
    static Counts now() throws Exception {
      return new Counts(
          site.adapter().metric("weir_origin_read_bytes_total", "fill"),
          site.edge().metric("weir_peer_uploaded_bytes_total"),
          site.edge().metric("weir_peer_greetings_total"),
          site.edge().metric("weir_fill_verify_failures_total"));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    CLIENTS.forEach(RealClient::assumeInstalled);
    // One edge, so that a second session of one client could only be a reconnection.
    site = Site.inNamespace(folder.resolve("site"), SitePlan.ofEdges(1).withoutSpool());
    site.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 5_000})
  void coldContentReachesEveryClientInOneSession(int delayMillis) throws Exception {
    Path files = Files.createDirectories(folder.resolve("origin-" + delayMillis));
    for (RealClient client : CLIENTS) {
      Files.write(files.resolve(id(client, delayMillis)), content(client, delayMillis));
    }
    Counts before = Counts.now();
    try (OriginProcess origin =
        OriginProcess.start(site.network(), files, Duration.ofMillis(delayMillis))) {
      for (RealClient client : CLIENTS) {
        String id = id(client, delayMillis);
        site.register(id, origin.url() + id);
      }
      downloadAtOnce(delayMillis);
    }
    Counts after = Counts.now();
    long bytes = (long) CLIENTS.size() * CONTENT_BYTES;
    assertEquals(
        bytes,
        after.originBytes() - before.originBytes(),
        "bytes that came from the origin while they were wanted: it was cold");
    assertEquals(
        bytes,
        after.uploadedBytes() - before.uploadedBytes(),
        "bytes that the edge uploaded: no block had to be asked for again");
    List<String> closes = site.edge().rises("weir_peer_closes_total");
    assertEquals(
        CLIENTS.size(),
        after.sessions() - before.sessions(),
        () -> "sessions: none was dropped and came back: " + closes);
    assertEquals(0, after.badPieces() - before.badPieces(), "bad pieces");
  }

  private static void downloadAtOnce(int delayMillis) throws Exception {
    ExecutorService atOnce = Executors.newFixedThreadPool(CLIENTS.size());
    try {
      List<Future<?>> downloads = new ArrayList<>();
      for (RealClient client : CLIENTS) {
        downloads.add(atOnce.submit(() -> downloadOnceServed(client, delayMillis)));
      }
      for (Future<?> download : downloads) {
        download.get();
      }
    } finally {
      atOnce.shutdownNow();
    }
  }

  private static Void downloadOnceServed(RealClient client, int delayMillis) throws Exception {
    String id = id(client, delayMillis);
    site.awaitServed(id);
    Path torrent = site.torrentWithoutWebSeeds(id);
    Path into = Files.createDirectories(folder.resolve("from-" + id));
    client.download(site.network(), torrent.toString(), into);
    assertArrayEquals(content(client, delayMillis), Files.readAllBytes(into.resolve(id)));
    return null;
  }

  private static String id(RealClient client, int delayMillis) {
    return client.name().toLowerCase(Locale.ROOT) + "-" + delayMillis;
  }

  private static byte[] content(RealClient client, int delayMillis) {
    return RandomBytes.of(31L * client.name().hashCode() + delayMillis, CONTENT_BYTES);
  }
}
