package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit is wrong, on an edge's disk or at an origin: it is never served, named, and made good.
 */
@Timeout(180)
class FlippedBitIT {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int CONTENT_BYTES = 16 * PIECE_BYTES + 4321;

  /** The piece with the wrong bit, and a place in it. */
  private static final int PIECE = 5;

  private static final int PLACE = PIECE * PIECE_BYTES + 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path folder;
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    site = Site.inNamespace(folder.resolve("site"), SitePlan.ofEdges(1).withoutSpool());
    site.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void bitFlippedOnAnEdgesDiskCostsOnePieceThatIsFilledAgain() throws Exception {
    byte[] content = RandomBytes.of(71, CONTENT_BYTES);
    Path file = Files.write(folder.resolve("stored.bin"), content);
    String url;
    try (OriginProcess origin = OriginProcess.start(site.network(), file)) {
      url = site.publish("stored", origin.url()).at("/http/0").asText();
      site.awaitHeld("stored");
      site.edge().stop();
      flipOnDisk(Arrays.copyOfRange(content, PLACE, PLACE + 1_024));
      site.edge().start();

      assertArrayEquals(content, site.curl().get(url).body());
      assertTrue(site.edge().metric("weir_store_lost_total") > 0, "the metric tells of it");
      assertTrue(
          site.edge()
              .log()
              .lines()
              .anyMatch(
                  line ->
                      line.contains("stored piece")
                          && line.contains("dropped")
                          && line.contains("contentId=stored")
                          && line.contains("piece=" + PIECE + " ")),
          "the log names the piece");
      site.awaitHeld("stored");
    }
    // The origin is gone: what comes now is what was stored again.
    site.edge().stop();
    site.edge().start();
    assertArrayEquals(content, site.curl().get(url).body());
  }

  @Test
  void bitWrongAtTheOriginOfAnImportedTorrentIsKeptBackUntilTheOriginIsRight() throws Exception {
    byte[] content = RandomBytes.of(72, CONTENT_BYTES);
    byte[] wrong = content.clone();
    wrong[PLACE] ^= 1;
    Path file = Files.write(folder.resolve("imported.bin"), wrong);
    try (OriginProcess origin = OriginProcess.start(site.network(), file)) {
      String torrent = Base64.getEncoder().encodeToString(torrent("imported.bin", content));
      site.register("imported", Map.of("origin", Map.of("url", origin.url()), "torrent", torrent));
      String url = site.awaitServed("imported").at("/http/0").asText();

      int before = PIECE * PIECE_BYTES;
      assertArrayEquals(
          Arrays.copyOf(content, before),
          site.curl().get(url, "--range", "0-" + (before - 1)).body());
      Curl.Answer refused =
          site.curl().get(url, "--range", before + "-" + (before + PIECE_BYTES - 1));
      assertFalse(refused.status() == 206 && refused.complete(), "the piece is not served");
      assertFalse(holds(refused.body(), Arrays.copyOfRange(wrong, PLACE - 50, PLACE + 50)));
      assertTrue(site.adapter().metric("weir_fill_mismatches_total") > 0, "the metric tells of it");
      assertTrue(
          site.adapter()
              .log()
              .lines()
              .anyMatch(
                  line ->
                      line.contains("mismatch")
                          && line.contains("content=imported/")
                          && line.contains("piece=" + PIECE + " ")),
          "the log names the piece");

      Files.write(file, content);
      Await.until(
          PATIENCE,
          () -> Arrays.equals(content, site.curl().get(url).body()),
          () -> "not served though the origin is right: " + site.adapter().log());
      site.awaitHeld("imported");
    }
  }

  /** Flips one bit wherever these bytes lie on the disk of the stopped edge. */
  private static void flipOnDisk(byte[] known) throws Exception {
    List<Path> files;
    try (var found = Files.walk(site.edgeDataDir(1))) {
      files = found.filter(Files::isRegularFile).toList();
    }
    int flipped = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int at = indexOf(bytes, known);
      if (at >= 0) {
        bytes[at + known.length / 2] ^= 1;
        Files.write(file, bytes);
        flipped++;
      }
    }
    assertTrue(flipped > 0, () -> "the bytes are in none of " + files);
  }

  private static boolean holds(byte[] bytes, byte[] known) {
    return indexOf(bytes, known) >= 0;
  }

  private static int indexOf(byte[] bytes, byte[] known) {
    for (int at = 0; at + known.length <= bytes.length; at++) {
      if (Arrays.mismatch(bytes, at, at + known.length, known, 0, known.length) < 0) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] torrent(String name, byte[] content) {
    List<PieceDigests> digests = new ArrayList<>();
    for (int from = 0; from < content.length; from += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, content.length - from);
      digests.add(PieceDigests.of(ByteBuffer.wrap(content, from, length), PIECE_BYTES));
    }
    return MetainfoBuilder.singleFile(TorrentFormat.V1, name, content.length, PIECE_BYTES, digests)
        .toTorrent(List.of(), List.of());
  }
}
