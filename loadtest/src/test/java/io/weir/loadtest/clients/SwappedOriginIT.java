package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.crowd.Crowd;
import io.weir.loadtest.crowd.CrowdPlan;
import io.weir.loadtest.crowd.CrowdResult;
import io.weir.loadtest.crowd.ParticipantResult;
import io.weir.loadtest.crowd.http.RangeClient;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The publisher replaces a file while fifty download it and the edges do not hold all of it: what
 * anyone completes is the one file or the other.
 */
@Timeout(240)
class SwappedOriginIT {
  private static final int CLIENTS = Nightly.or(100, 25);

  /** Too much to be filled before the file is replaced, and of the same length as what follows. */
  private static final int CONTENT_BYTES = 12 * 1024 * 1024 + 4321;

  private static final Duration ORIGIN_DELAY = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Requests of one client that may fail in a row while the next version is read: for a minute. */
  private static final int MAX_FAILURES = 300;

  private final byte[] before = RandomBytes.of(31, CONTENT_BYTES);
  private final byte[] after = RandomBytes.of(32, CONTENT_BYTES);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    Installed.assumeCurl();
    site = Site.onLoopback(folder.resolve("site"), SitePlan.ofEdges(2).withoutSpool());
    site.start();
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    if (site != null) {
      site.close();
    }
  }

  @Test
  void everyCompletedDownloadIsOfExactlyOneVersion() throws Exception {
    Path file = Files.write(folder.resolve("film.bin"), before);
    try (OriginProcess origin = OriginProcess.start(site.network(), file, ORIGIN_DELAY)) {
      JsonNode first = site.publish("film", origin.url());
      List<RangeClient> clients = rangeClients(first);
      Crowd peers = Crowd.start(plan(site.torrent("film"), before, CLIENTS));
      try {
        List<Future<String>> downloads =
            clients.stream().map(client -> threads.submit(client::download)).toList();
        Await.until(
            PATIENCE,
            () ->
                peers.progress().bytesFromEdges() > 0
                    && clients.stream().anyMatch(client -> client.receivedBytes() > 0),
            () -> "nothing is downloaded");
        replace(file, after);

        Map<String, Integer> hashes = new TreeMap<>();
        for (Future<String> download : downloads) {
          hashes.merge(download.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), 1, Integer::sum);
        }
        assertTrue(
            Set.of(sha256(before), sha256(after)).containsAll(hashes.keySet()),
            () -> "HTTP clients completed what never was: " + hashes);
        awaitSecondVersion();
      } finally {
        peers.close();
      }
      assertNoPeerWasGivenWrongBytes(peers.result().get(1, TimeUnit.SECONDS));
      assertEveryoneGetsTheSecondVersion();
    }
  }

  /** A peer of the first version completes that or nothing. */
  private static void assertNoPeerWasGivenWrongBytes(CrowdResult result) {
    assertEquals(0, result.corruptPieces(), "pieces that peers had to throw away");
    for (ParticipantResult peer : result.participants()) {
      String failure = String.valueOf(peer.failure());
      assertTrue(peer.sha256Ok() || !failure.startsWith("SHA-256"), failure);
    }
  }

  private void awaitSecondVersion() throws Exception {
    Await.until(
        PATIENCE,
        () -> {
          JsonNode content = site.content("film");
          return content.at("/version").asInt() == 2
              && content.at("/state").asText().equals("ready");
        },
        () -> "the replaced file is no version of its own:\n" + site.adapter().log());
  }

  private void assertEveryoneGetsTheSecondVersion() throws Exception {
    JsonNode second = site.awaitServed("film");
    for (JsonNode url : second.at("/http")) {
      Await.until(
          PATIENCE,
          () -> sha256(site.curl().get(url.asText()).body()).equals(sha256(after)),
          () -> url + " does not serve the second version");
      assertArrayEquals(after, site.curl().get(url.asText()).body());
    }
    try (Crowd peers = Crowd.start(plan(site.torrent("film"), after, 3))) {
      CrowdResult result = peers.result().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertTrue(result.allRight(), result::toString);
    }
  }

  private List<RangeClient> rangeClients(JsonNode content) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (JsonNode url : content.at("/http")) {
      urls.add(URI.create(url.asText()).toURL());
    }
    List<RangeClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new RangeClient(urls, CONTENT_BYTES, i, MAX_FAILURES));
    }
    return clients;
  }

  private CrowdPlan plan(byte[] torrent, byte[] content, int peers) throws Exception {
    return new CrowdPlan(
        torrent,
        List.of(),
        site.peerAddresses(),
        sha256(content),
        peers,
        0,
        folder.resolve("crowd"),
        site.network().edgeAddress(),
        31);
  }

  /** In one step, as publishers do who care: no read of it sees both. */
  private static void replace(Path file, byte[] content) throws Exception {
    Path next = Files.write(file.resolveSibling("next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
