package io.weir.loadtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.control.cli.ProgressDisplay;
import io.weir.loadtest.crowd.CrowdPlan;
import io.weir.loadtest.report.OffloadReport;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.ProcessEnd;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code weir demo}: the whole system in one command, which exits 0 only if all of it was right.
 */
@Command(
    name = "demo",
    description = {
      "Publishes a file from a plain HTTP origin, downloads it with a crowd of BitTorrent peers"
          + " and HTTP clients at once, verifies every copy and tells where the bytes came from."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every download right, the origin sent each byte about once, the sums agree",
      "1:something of that was not so, or the stack failed",
      "2:wrong usage"
    })
final class DemoCommand implements Callable<Integer> {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  @Option(
      names = "--content",
      paramLabel = "FILE",
      description = "The file to publish; 256 MiB of random bytes when none is given.")
  private @Nullable Path content;

  @Option(names = "--peers", paramLabel = "N", description = "BitTorrent peers (${DEFAULT-VALUE}).")
  private int peers = 20;

  @Option(
      names = "--http-clients",
      paramLabel = "N",
      description = "HTTP range clients (${DEFAULT-VALUE}).")
  private int httpClients = 20;

  @Option(names = "--json", description = "One line of JSON on stdout in place of the table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    validate();
    try (ProcessEnd end = ProcessEnd.onSignals(STOP_DEADLINE)) {
      return end.untilTold(this::run).orElse(1);
    } catch (IOException e) {
      System.err.println("weir demo: " + e.getMessage());
      return 1;
    }
  }

  private int run() throws IOException, InterruptedException {
    try (Demo demo = new Demo(content, ProgressDisplay.onStderr())) {
      OffloadReport report = demo.run(peers, httpClients);
      print(report, System.out);
      report.faults().forEach(fault -> System.err.println("weir demo: " + fault));
      return report.faults().isEmpty() ? 0 : 1;
    }
  }

  private void validate() {
    if (content != null && !Files.isRegularFile(content)) {
      throw new ParameterException(spec.commandLine(), "--content: " + content + " is not a file");
    }
    requireWithin("--peers", peers, CrowdPlan.MAX_PEERS);
    requireWithin("--http-clients", httpClients, CrowdPlan.MAX_HTTP_CLIENTS);
    if (peers + httpClients == 0) {
      throw new ParameterException(spec.commandLine(), "--peers and --http-clients are both 0");
    }
  }

  private void requireWithin(String option, int value, int most) {
    if (value < 0 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + value + " is not 0 to " + most);
    }
  }

  private void print(OffloadReport report, PrintStream out) throws IOException {
    if (!json) {
      out.print(report.toTable());
      return;
    }
    ObjectNode line = Json.MAPPER.valueToTree(report);
    line.put("sentBytes", report.sentBytes());
    line.put("originAmplification", report.originAmplification());
    line.put("offload", report.offload());
    line.set("faults", Json.MAPPER.valueToTree(report.faults()));
    line.put("ok", report.faults().isEmpty());
    out.println(Json.MAPPER.writeValueAsString(line));
  }
}
