package io.weir.loadtest.rig.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.loadtest.crowd.TestContent;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.swarm.SeededContent;
import io.weir.loadtest.rig.swarm.SwarmLoad;
import io.weir.loadtest.rig.swarm.SwarmLoadPlan;
import io.weir.protocol.config.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real contenders, where they are installed, leeched from by the generator. */
@Timeout(120)
final class SeederIT {
  private static final String HOST = "127.0.0.1";
  private static final String TRACKER = "http://127.0.0.1:1/announce";
  private static final int PIECE_BYTES = 256 << 10;

  @TempDir private Path folder;

  /** Makes a contender seed. */
  private interface Launch {
    Seeder start(SeedingPlan plan) throws Exception;
  }

  @Test
  void rtorrentSeedsToTheGenerator() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/rtorrent")), "rtorrent is not installed");
    leechFrom(RtorrentSeeder::start);
  }

  @Test
  void libtorrentSeedsToTheGenerator() throws Exception {
    Process probe =
        new ProcessBuilder("/usr/bin/env", "/usr/bin/python3", "-c", "import libtorrent").start();
    assumeTrue(probe.waitFor() == 0, "python3-libtorrent is not installed");
    leechFrom(LibtorrentSeeder::start);
  }

  private void leechFrom(Launch launch) throws Exception {
    TestContent film =
        TestContent.make(folder.resolve("film.bin"), 16 * PIECE_BYTES, PIECE_BYTES, 3);
    Path torrent = Files.write(folder.resolve("film.torrent"), film.torrent(TRACKER));
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    ListenAddress listen = new ListenAddress(HOST, freePort());
    try (Seeder seeder =
        launch.start(new SeedingPlan(torrent, folder, scratch, listen, List.of("nice")))) {
      LoadResult result =
          new SwarmLoad(
                  new SwarmLoadPlan(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.port()),
                      SeededContent.of(film.metainfo()),
                      3,
                      16,
                      Spread.UNIFORM,
                      new Pace.Closed(),
                      Duration.ofMillis(200),
                      Duration.ofMillis(800),
                      film.file(),
                      SwarmLoadPlan.Others.NONE,
                      3,
                      seeder.pid(),
                      7))
              .run();
      assertEquals(List.of(), result.faults());
      assertTrue(result.verified() > 0, "verified");
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
