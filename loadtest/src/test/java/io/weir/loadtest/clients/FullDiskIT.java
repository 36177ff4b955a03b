package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge's disk fills up beside it: it goes on serving, says so, and stores again by itself. */
@Timeout(180)
class FullDiskIT {
  /** More than the store leaves free for what it has still to write. */
  private static final String DISK = "640m";

  private static final int CONTENT_BYTES = 3 * 1024 * 1024 + 4321;
  private static final Duration ORIGIN_DELAY = Duration.ofMillis(1_500);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final byte[] held = RandomBytes.of(61, CONTENT_BYTES);
  private final byte[] late = RandomBytes.of(62, CONTENT_BYTES);
  @TempDir private Path folder;
  private Site site;
  private Path ballast;

  @BeforeEach
  void start() throws Exception {
    Installed.assumeNamespaces();
    Installed.assumeCurl();
    RealClient.ARIA2.assumeInstalled();
    // Far less memory than content, so that what is served has to come from disk or origin.
    SitePlan plan = SitePlan.ofEdges(1).withoutSpool().withHotTier("1MiB");
    site = Site.inNamespace(folder.resolve("site"), plan);
    Path disk = Files.createDirectories(site.edgeDataDir(1));
    run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString());
    ballast = disk.resolve("ballast");
    site.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void everythingIsServedWhileTheDiskIsFullAndStoredOnceItIsNot() throws Exception {
    Path heldFile = Files.write(folder.resolve("held.bin"), held);
    Path lateFile = Files.write(folder.resolve("late.bin"), late);
    try (OriginProcess origin = OriginProcess.start(site.network(), heldFile);
        OriginProcess slow = OriginProcess.start(site.network(), lateFile, ORIGIN_DELAY)) {
      site.publish("held", origin.url());
      site.awaitHeld("held");
      // The origin's delay leaves the time to fill the disk before the first piece comes.
      site.publish("late", slow.url());
      run("sh", "-c", "cat /dev/zero >'" + ballast + "' 2>/dev/null; test -s '" + ballast + "'");

      assertDownloads("held", held);
      assertDownloads("late", late);
      assertEquals(0, site.edge().metric("weir_store_writable"), "the metric tells of it");
      assertTrue(site.edge().log().contains("no longer stored"), "the log tells of it");

      run("rm", ballast.toString());
      site.awaitHeld("late");
      Await.until(
          PATIENCE,
          () -> site.edge().metric("weir_store_writable") == 1,
          () -> "not writable again:\n" + site.edge().log());
    }
    assertDownloads("held", held, "again");
    assertDownloads("late", late, "again");
  }

  private void assertDownloads(String id, byte[] content, String... turn) throws Exception {
    String url = site.content(id).at("/http/0").asText();
    assertArrayEquals(content, site.curl().get(url).body(), id + " by HTTP");
    Path into = Files.createDirectories(folder.resolve(id + String.join("", turn)));
    String torrent = site.torrentWithoutWebSeeds(id).toString();
    RealClient.ARIA2.download(site.network(), torrent, into);
    assertArrayEquals(content, Files.readAllBytes(into.resolve(id + ".bin")), id + " by wire");
  }

  private void run(String... command) throws Exception {
    Process process = site.network().command(List.of(command)).inheritIO().start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
  }
}
