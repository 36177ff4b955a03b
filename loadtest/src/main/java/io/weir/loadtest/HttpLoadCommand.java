package io.weir.loadtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.http.HttpLoad;
import io.weir.loadtest.rig.http.HttpLoadPlan;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir loadtest http}: range requests against one object, in closed or open loop. */
@Command(
    name = "http",
    description = {
      "Sends range requests for one object over kept-alive connections, as many as the server takes"
          + " or at a rate, and prints throughput, latency and, given its pid, what the server spent."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every answer was right and the rate, if one was asked for, was met",
      "1:something of that was not so",
      "2:wrong usage"
    })
final class HttpLoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "An http: URL that answers ranges.")
  private URI url = URI.create("");

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Kept-alive connections, one request at a time each (${DEFAULT-VALUE}).")
  private int connections = 32;

  @Option(
      names = "--range",
      paramLabel = "SIZE",
      description = "Length of each range (${DEFAULT-VALUE}).")
  private String range = "1MiB";

  @Option(
      names = "--spread",
      paramLabel = "SPREAD",
      description = "Where ranges begin: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Spread spread = Spread.UNIFORM;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Requests a second, whatever the server does (open loop); as many as it takes when not"
              + " given (closed loop).")
  private @Nullable Double rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of the measured part (${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before it (${DEFAULT-VALUE}).")
  private int warmUp = 3;

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      description = "The object's bytes: every 100th answer is compared with them.")
  private @Nullable Path original;

  @Option(
      names = "--slow-readers",
      paramLabel = "N",
      description = "Further connections that read the whole object slowly (${DEFAULT-VALUE}).")
  private int slowReaders;

  @Option(
      names = "--slow-rate",
      paramLabel = "SIZE",
      description = "What a slow reader takes in a second (${DEFAULT-VALUE}).")
  private String slowRate = "10KiB";

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The server's process: its CPU time and memory are measured.")
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
    HttpLoadPlan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try {
      LoadResult result = new HttpLoad(plan).run();
      print(result);
      result.faults().forEach(fault -> System.err.println("weir loadtest http: " + fault));
      return result.faults().isEmpty() ? 0 : 1;
    } catch (IOException e) {
      System.err.println("weir loadtest http: " + e.getMessage());
      return 1;
    }
  }

  private HttpLoadPlan plan() {
    return new HttpLoadPlan(
        url,
        connections,
        Math.toIntExact(DataSize.parse(range).bytes()),
        spread,
        rate == null ? new Pace.Closed() : new Pace.Open(rate),
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        original,
        slowReaders,
        Math.toIntExact(DataSize.parse(slowRate).bytes()),
        pid,
        seed);
  }

  private void print(LoadResult result) throws IOException {
    ObjectNode line = Json.MAPPER.createObjectNode();
    Histogram latency = result.latencyMicros();
    line.put("seconds", result.seconds())
        .put("answers", result.answers())
        .put("answersPerSecond", result.answersPerSecond())
        .put("megabytesPerSecond", result.bytesPerSecond() / 1e6)
        .put("verified", result.verified())
        .put("p50Micros", latency.getValueAtPercentile(50))
        .put("p99Micros", latency.getValueAtPercentile(99))
        .put("p999Micros", latency.getValueAtPercentile(99.9))
        .put("maxMicros", latency.getMaxValue())
        .put("cpuSecondsPerGigabyte", result.cpuSecondsPerGigabyte())
        .put("cpuMicrosPerAnswer", result.cpuMicrosPerAnswer())
        .put("residentBytes", result.server() == null ? null : result.server().residentBytes())
        .put("ok", result.faults().isEmpty());
    if (json) {
      System.out.println(Json.MAPPER.writeValueAsString(line));
    } else {
      line.properties()
          .forEach(field -> System.out.printf("%-22s %s%n", field.getKey(), field.getValue()));
    }
  }
}
