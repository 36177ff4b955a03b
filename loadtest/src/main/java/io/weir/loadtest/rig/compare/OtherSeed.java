package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.contender.LibtorrentSeeder;
import io.weir.loadtest.rig.contender.RtorrentSeeder;
import io.weir.loadtest.rig.contender.Seeder;
import io.weir.loadtest.rig.contender.SeedingPlan;
import io.weir.protocol.config.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A BitTorrent client that seeds the file on its disk, by the same .torrent as ours. */
public final class OtherSeed implements Contender {
  private final String product;
  private final List<String> asksVersion;
  private final Launch launch;

  /** Makes a client seed. */
  @FunctionalInterface
  private interface Launch {
    Seeder seed(SeedingPlan plan) throws IOException, InterruptedException;
  }

  private OtherSeed(String product, List<String> asksVersion, Launch launch) {
    this.product = product;
    this.asksVersion = asksVersion;
    this.launch = launch;
  }

  /** rtorrent, no limit in its way. */
  public static OtherSeed rtorrent() {
    return new OtherSeed("rtorrent", List.of("rtorrent", "-h"), RtorrentSeeder::start);
  }

  /** libtorrent, with its own settings for seeding at high performance. */
  public static OtherSeed libtorrent() {
    return new OtherSeed(
        "libtorrent",
        List.of("python3", "-c", "import libtorrent; print(libtorrent.version)"),
        LibtorrentSeeder::start);
  }

  @Override
  public String product() {
    return product;
  }

  @Override
  public String variant() {
    return "";
  }

  @Override
  public Set<Group> groups() {
    return Set.of(Group.SWARM);
  }

  /** A binding may be missing though its interpreter is there: only an answer tells. */
  @Override
  public Optional<String> missing() {
    Optional<String> program = Program.missing(asksVersion.get(0));
    if (program.isPresent()) {
      return program;
    }
    try {
      return version().isEmpty() ? Optional.of(product + " is not installed") : Optional.empty();
    } catch (IOException e) {
      return Optional.of(product + " does not run: " + e.getMessage());
    }
  }

  @Override
  public String version() throws IOException {
    String program = Program.require(asksVersion.get(0));
    List<String> arguments = asksVersion.subList(1, asksVersion.size());
    String said = Program.firstLine(Program.command(program, arguments));
    return said.matches(".*\\d\\.\\d.*") ? said.replaceAll("^\\D*|\\D*$", "") : "";
  }

  @Override
  public Contestant start(Bench bench) throws IOException, InterruptedException {
    Path content = bench.content().toAbsolutePath();
    if (!Files.exists(bench.torrent()) || content.getParent() == null) {
      throw new IOException("nobody has made a .torrent of " + content);
    }
    ListenAddress listen = new ListenAddress(Bench.HOST, bench.freePort());
    Seeder seeder =
        launch.seed(
            new SeedingPlan(
                bench.torrent(),
                content.getParent(),
                bench.dirOf(product),
                listen,
                bench.cores().server(List.of())));
    return new Started(
        seeder.pid(),
        seeder.command(),
        Map.of(Service.PEER_WIRE, URI.create("tcp://" + listen)),
        seeder::close);
  }
}
