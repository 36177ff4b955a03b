package io.weir.loadtest.rig.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * rtorrent without a terminal, every limit of uploads and peers out of the way. It reads no torrent
 * that names no tracker (it asks none), and takes many peers only from as many addresses.
 */
public final class RtorrentSeeder {
  /**
   * Starts it and waits until it has hashed the content and seeds; the caller closes it.
   *
   * @throws IOException if it is not installed or does not seed in time
   */
  public static Seeder start(SeedingPlan plan) throws IOException, InterruptedException {
    Path session = Files.createDirectory(plan.scratch().resolve("session"));
    int port = plan.listen().port();
    Path settings =
        Files.write(
            plan.scratch().resolve("rc"),
            List.of(
                "system.daemon.set = true",
                "directory.default.set = \"" + plan.folder() + "\"",
                "session.path.set = \"" + session + "\"",
                "network.bind_address.set = " + plan.listen().host(),
                "network.port_range.set = " + port + "-" + port,
                "network.port_random.set = no",
                "network.max_open_sockets.set = 4096",
                "throttle.max_uploads.set = 4096",
                "throttle.max_uploads.global.set = 0",
                "throttle.max_peers.normal.set = 4096",
                "throttle.max_peers.seed.set = 4096",
                "throttle.global_up.max_rate.set_kb = 0",
                "dht.mode.set = disable",
                "protocol.pex.set = no",
                "trackers.enable = 0",
                "load.start = \"" + plan.torrent() + "\""));
    return Seeder.start(plan, List.of("rtorrent", "-n", "-o", "import=" + settings));
  }

  private RtorrentSeeder() {}
}
