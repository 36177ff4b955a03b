package io.weir.loadtest;

import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.swarm.SeededContent;
import io.weir.loadtest.rig.swarm.SwarmLoad;
import io.weir.loadtest.rig.swarm.SwarmLoadPlan;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir loadtest swarm}: leeching peers against one seed, in closed or open loop. */
@Command(
    name = "swarm",
    description = {
      "Leeches from one seed with many peers that discard what they get, as fast as it gives or at"
          + " a rate, and prints throughput, latency and, given its pid, what the seed spent."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every block was right, nobody was choked or closed, and the rate, if one was asked for, was"
          + " met",
      "1:something of that was not so",
      "2:wrong usage"
    })
final class SwarmLoadCommand implements Callable<Integer> {
  private static final LoadReport REPORT = new LoadReport("weir loadtest swarm");

  @Spec private CommandSpec spec;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The seed's peer port.")
  private String peer = "";

  @ArgGroup(multiplicity = "1")
  private Swarm swarm = new Swarm();

  /** What is leeched: one of the two. */
  static final class Swarm {
    @Option(
        names = "--torrent",
        paramLabel = "FILE",
        required = true,
        description = "The .torrent of what is leeched.")
    private @Nullable Path torrent;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Geometry geometry;
  }

  /** What peers have to know of it, in place of a .torrent. */
  static final class Geometry {
    @Option(
        names = "--info-hash",
        paramLabel = "HEX",
        required = true,
        description = "Without a .torrent: the swarm,")
    private String infoHash = "";

    @Option(
        names = "--length",
        paramLabel = "BYTES",
        required = true,
        description = "the content's length in bytes,")
    private long lengthBytes;

    @Option(
        names = "--piece-length",
        paramLabel = "SIZE",
        required = true,
        description = "and that of its pieces.")
    private String pieceLength = "";
  }

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Peers that ask for blocks (${DEFAULT-VALUE}).")
  private int connections = 16;

  @Option(
      names = "--outstanding",
      paramLabel = "N",
      description = "Unanswered requests of 16 KiB that each of them has (${DEFAULT-VALUE}).")
  private int outstanding = 64;

  @Option(
      names = "--spread",
      paramLabel = "SPREAD",
      description =
          "Which piece a peer turns to next: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). It asks"
              + " for all blocks of each in order.")
  private Spread spread = Spread.UNIFORM;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Requests a second of all peers together, whatever the seed does (open loop); as many as"
              + " may be outstanding when not given (closed loop).")
  private @Nullable Double rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of the measured part (${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before it (${DEFAULT-VALUE}).")
  private double warmUp = 3;

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      description = "The content's bytes: every 100th block of each peer is compared with them.")
  private @Nullable Path original;

  @Option(
      names = "--idle-peers",
      paramLabel = "N",
      description = "Further peers that ask for nothing (${DEFAULT-VALUE}).")
  private int idlePeers;

  @Option(names = "--idle-interested", description = "Let those say that they are interested.")
  private boolean idleInterested;

  @Option(
      names = "--slow-peers",
      paramLabel = "N",
      description = "Further peers that take what they ask for slowly (${DEFAULT-VALUE}).")
  private int slowPeers;

  @Option(
      names = "--slow-rate",
      paramLabel = "SIZE",
      description = "What each of those takes in a second (${DEFAULT-VALUE}).")
  private String slowRate = "10KiB";

  @Option(
      names = "--sources",
      paramLabel = "N",
      description =
          "Addresses, 127.0.0.1 and up, that peers come from in turn, to a seed on loopback that"
              + " counts peers by address (${DEFAULT-VALUE}).")
  private int sources = 1;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The seed's process: its CPU time and memory are measured.")
  private @Nullable Long pid;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every random choice (${DEFAULT-VALUE}).")
  private long randomSeed = 1;

  @Option(names = "--json", description = "One line of JSON on stdout in place of text.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    SwarmLoadPlan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException | MetainfoException e) {
      REPORT.complain(swarm.torrent + ": " + e.getMessage());
      return 1;
    }
    try {
      LoadResult result = new SwarmLoad(plan).run();
      return REPORT.print(result, json);
    } catch (IOException e) {
      REPORT.complain(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private SwarmLoadPlan plan() throws IOException, MetainfoException {
    ListenAddress address = ListenAddress.parse(peer);
    return new SwarmLoadPlan(
        new InetSocketAddress(address.host(), address.port()),
        content(),
        connections,
        outstanding,
        spread,
        rate == null ? new Pace.Closed() : new Pace.Open(rate),
        Seconds.of(warmUp),
        Seconds.of(seconds),
        original,
        new SwarmLoadPlan.Others(
            idlePeers,
            idleInterested,
            slowPeers,
            Math.toIntExact(DataSize.parse(slowRate).bytes())),
        sources,
        pid,
        randomSeed);
  }

  private SeededContent content() throws IOException, MetainfoException {
    Geometry geometry = swarm.geometry;
    if (geometry != null) {
      return new SeededContent(
          InfoHash.fromHex(geometry.infoHash),
          geometry.lengthBytes,
          Math.toIntExact(DataSize.parse(geometry.pieceLength).bytes()));
    }
    Path torrent = swarm.torrent;
    if (torrent == null) {
      throw new IllegalArgumentException("--torrent or --info-hash is needed");
    }
    return SeededContent.of(Metainfo.parse(Files.readAllBytes(torrent)));
  }
}
