package io.weir.loadtest;

import io.weir.control.cli.ProgressDisplay;
import io.weir.loadtest.origin.PlainOrigin;
import io.weir.loadtest.rig.compare.Bench;
import io.weir.loadtest.rig.compare.Certificate;
import io.weir.loadtest.rig.compare.Comparison;
import io.weir.loadtest.rig.compare.ComparisonResult;
import io.weir.loadtest.rig.compare.Contender;
import io.weir.loadtest.rig.compare.Cores;
import io.weir.loadtest.rig.compare.Effort;
import io.weir.loadtest.rig.compare.Generator;
import io.weir.loadtest.rig.compare.Group;
import io.weir.loadtest.rig.compare.HttpWorkload;
import io.weir.loadtest.rig.compare.NetworkNamespace;
import io.weir.loadtest.rig.compare.Nginx;
import io.weir.loadtest.rig.compare.OtherSeed;
import io.weir.loadtest.rig.compare.OtherTracker;
import io.weir.loadtest.rig.compare.OwnCommand;
import io.weir.loadtest.rig.compare.SwarmWorkload;
import io.weir.loadtest.rig.compare.TrackerWorkload;
import io.weir.loadtest.rig.compare.TrafficServer;
import io.weir.loadtest.rig.compare.Varnish;
import io.weir.loadtest.rig.compare.Weir;
import io.weir.loadtest.rig.compare.WeirTracker;
import io.weir.loadtest.rig.compare.Workload;
import io.weir.loadtest.rig.report.HtmlReport;
import io.weir.loadtest.rig.report.MarkdownReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir loadtest compare}: ours beside what people would run instead. */
@Command(
    name = "compare",
    description = {
      "Serves the same file by Weir, nginx, Varnish and Traffic Server, seeds it by Weir, rtorrent"
          + " and libtorrent, and tracks swarms by Weir and opentracker, whichever are installed;"
          + " loads them in turns, and writes what an answer costs each of them.",
      "Runs in a network namespace with reno where that is allowed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every answer was right", "1:something of that was not so", "2:wrong usage"})
final class CompareCommand implements Callable<Integer> {
  private static final long SEED = 2006;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "A smaller file and shorter runs: ten minutes at most.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      split = ",",
      description = "Rows of these groups only: ${COMPLETION-CANDIDATES}.")
  private List<Group> only = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of every contender in each row (5, or 3 with --quick).")
  private @Nullable Integer rounds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report.html, report.md and logs are written (${DEFAULT-VALUE}).")
  private Path out = Path.of("weir-compare");

  @Override
  public Integer call() throws Exception {
    List<Workload> workloads = workloads();
    Effort effort = effort();
    if (!NetworkNamespace.isInside()) {
      Optional<List<String>> inside =
          NetworkNamespace.enter(
              OwnCommand.of(WeirMain.class)
                  .with(spec.root().commandLine().getParseResult().originalArgs()));
      if (inside.isPresent()) {
        return runInside(inside.get());
      }
      System.err.println("weir loadtest compare: no network namespace here, using the machine's");
    }
    try {
      return compare(workloads, effort);
    } catch (IOException e) {
      System.err.println("weir loadtest compare: " + e.getMessage());
      return 1;
    }
  }

  private static int runInside(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(NetworkNamespace.VARIABLE, "1");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-inside"));
    return process.waitFor();
  }

  private int compare(List<Workload> workloads, Effort effort)
      throws IOException, InterruptedException {
    Files.createDirectories(out);
    OwnCommand weir = OwnCommand.of(WeirMain.class);
    Cores cores = Cores.here();
    ProgressDisplay progress = ProgressDisplay.onStderr();
    try (ScratchFolder scratch = ScratchFolder.create("weir-compare-")) {
      Path content = scratch.path().resolve("content.bin");
      DemoContent.makeRandom(content, effort.contentBytes(), SEED, progress);
      try (PlainOrigin origin = PlainOrigin.start(Bench.HOST, content);
          Comparison comparison =
              new Comparison(
                  new Bench(
                      scratch.path(),
                      content,
                      URI.create(origin.url()),
                      Certificate.create(scratch.path()),
                      cores),
                  effort,
                  new Generator(weir, cores, out.resolve("generator.log")),
                  line -> System.err.println(line))) {
        Thread ending = new Thread(comparison::close, "end-contenders");
        Runtime.getRuntime().addShutdownHook(ending);
        comparison.start(contenders(weir, workloads));
        return report(comparison.run(workloads, NetworkNamespace.isInside()));
      }
    }
  }

  private int report(ComparisonResult result) throws IOException {
    String markdown = MarkdownReport.of(result);
    Files.writeString(out.resolve("report.md"), markdown);
    Files.writeString(out.resolve("report.html"), HtmlReport.of(result));
    System.out.print(markdown);
    List<String> faults = result.faults();
    faults.forEach(fault -> System.err.println("weir loadtest compare: " + fault));
    return faults.isEmpty() ? 0 : 1;
  }

  /** Ours first: others need what they make, a .torrent and info-hashes. */
  private static List<Contender> contenders(OwnCommand weir, List<Workload> workloads) {
    Set<Group> groups = workloads.stream().map(Workload::group).collect(Collectors.toSet());
    return Stream.of(
            new Weir(weir),
            new Nginx(true),
            new Nginx(false),
            new Varnish(),
            new TrafficServer(),
            OtherSeed.rtorrent(),
            OtherSeed.libtorrent(),
            new WeirTracker(),
            new OtherTracker())
        .filter(contender -> !Collections.disjoint(contender.groups(), groups))
        .toList();
  }

  private List<Workload> workloads() {
    return Stream.of(HttpWorkload.all(), SwarmWorkload.all(), TrackerWorkload.all())
        .flatMap(List::stream)
        .filter(workload -> only.isEmpty() || only.contains(workload.group()))
        .toList();
  }

  private Effort effort() {
    Effort effort = quick ? Effort.quick() : Effort.full();
    try {
      return rounds == null ? effort : effort.withRounds(rounds);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }
}
