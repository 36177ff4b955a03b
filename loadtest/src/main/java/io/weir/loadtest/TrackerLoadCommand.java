package io.weir.loadtest;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.ResultLine;
import io.weir.loadtest.rig.tracker.InfoHashFile;
import io.weir.loadtest.rig.tracker.TrackerLoad;
import io.weir.loadtest.rig.tracker.TrackerPlan;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import io.weir.loadtest.rig.tracker.TrackerResult;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir loadtest tracker}: announces by UDP or HTTP, in closed or open loop. */
@Command(
    name = "tracker",
    description = {
      "Announces peers of many swarms from many addresses of 127.0.0.0/8, as many as the tracker"
          + " takes or at a rate, and prints throughput, latency and, given its pid, what the tracker"
          + " spent."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every answer was right, few were lost, and the rate, if one was asked for, was met",
      "1:something of that was not so",
      "2:wrong usage"
    })
final class TrackerLoadCommand implements Callable<Integer> {
  private static final LoadReport REPORT = new LoadReport("weir loadtest tracker");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "HOST:PORT", description = "Where the tracker listens.")
  private String tracker = "";

  @Option(
      names = "--transport",
      paramLabel = "T",
      description =
          "UDP, HTTP over kept-alive connections, or HTTP_CONNECT with one for each announce"
              + " (${DEFAULT-VALUE}).")
  private Transport transport = Transport.UDP;

  @Option(
      names = "--swarms",
      paramLabel = "N",
      description = "Swarms announced; of a file's the first (${DEFAULT-VALUE}).")
  private int swarms = 10_000;

  @Option(
      names = "--info-hashes",
      paramLabel = "FILE",
      description =
          "Their info-hashes, 40 hexadecimal digits a line; of no torrent when not given, for a"
              + " tracker that takes any.")
  private @Nullable Path infoHashes;

  @Option(
      names = "--sources",
      paramLabel = "N",
      description = "Addresses announced from (${DEFAULT-VALUE}).")
  private int sources = 256;

  @Option(
      names = "--peers-per-swarm",
      paramLabel = "N",
      description = "How many of them are in one swarm (${DEFAULT-VALUE}).")
  private int peersPerSwarm = 80;

  @Option(
      names = "--numwant",
      paramLabel = "N",
      description = "Peers asked for (${DEFAULT-VALUE}).")
  private int numWant = 50;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Announces under way at once. By UDP, keep it within what the tracker's socket holds"
              + " (${DEFAULT-VALUE}).")
  private int window = 128;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description = "Announces that a source sends at once by UDP (${DEFAULT-VALUE}).")
  private int burst = 32;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Announces a second, whatever the tracker does (open loop); as many as it takes when not"
              + " given (closed loop).")
  private @Nullable Double rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of the measured part (${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "Seconds before it, in which the tracker gets to know the peers (${DEFAULT-VALUE}).")
  private double warmUp = 10;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The tracker's process: its CPU time and memory are measured.")
  private @Nullable Long pid;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every random choice (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--json", description = "One line of JSON on stdout in place of text.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try {
      TrackerResult result = new TrackerLoad(plan()).run();
      int status = REPORT.print(ResultLine.of(result.load()).withFaults(result.faults()), json);
      if (!json) {
        System.out.printf(Locale.ROOT, "%-22s %d%n", "lost", result.lost());
        System.out.printf(Locale.ROOT, "%-22s %.1f%n", "peersPerAnswer", result.peersPerAnswer());
      }
      return status;
    } catch (IOException e) {
      REPORT.complain(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private TrackerPlan plan() throws IOException {
    try {
      ListenAddress address = ListenAddress.parse(tracker);
      return new TrackerPlan(
          new InetSocketAddress(address.host(), address.port()),
          transport,
          infoHashes(),
          sources,
          peersPerSwarm,
          numWant,
          window,
          transport == Transport.UDP ? burst : 1,
          rate == null ? new Pace.Closed() : new Pace.Open(rate),
          Seconds.of(warmUp),
          Seconds.of(seconds),
          pid,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<InfoHash> infoHashes() throws IOException {
    if (infoHashes == null) {
      return InfoHashFile.random(swarms, new Random(seed));
    }
    List<InfoHash> all = InfoHashFile.read(infoHashes);
    if (all.size() < swarms) {
      throw new IllegalArgumentException(
          infoHashes + " has " + all.size() + " info-hashes, not " + swarms);
    }
    return all.subList(0, swarms);
  }
}
