package io.weir.loadtest;

import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.http.HttpDemand;
import io.weir.loadtest.rig.http.HttpLoad;
import io.weir.loadtest.rig.http.HttpLoadPlan;
import io.weir.loadtest.rig.http.Popularity;
import io.weir.protocol.config.DataSize;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir loadtest http}: range requests against one server, in closed or open loop. */
@Command(
    name = "http",
    description = {
      "Sends range requests over kept-alive connections, as many as the server takes or at a rate,"
          + " and prints throughput, latency and, given its pid, what the server spent."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every answer was right and the rate, if one was asked for, was met",
      "1:something of that was not so",
      "2:wrong usage"
    })
final class HttpLoadCommand implements Callable<Integer> {
  private static final LoadReport REPORT = new LoadReport("weir loadtest http");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URL", arity = "0..*", description = "The same as --url.")
  private List<URI> urls = new ArrayList<>();

  @Mixin private HttpTargetOptions target;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Kept-alive connections, one request at a time each (${DEFAULT-VALUE}).")
  private int connections = 32;

  @Option(
      names = "--ramp",
      paramLabel = "S",
      description = "Seconds over which they are opened, evenly (${DEFAULT-VALUE}).")
  private int ramp;

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
      names = "--popularity",
      paramLabel = "POPULARITY",
      description =
          "Which of several URLs is asked for: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Popularity popularity = Popularity.ZIPF;

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
  private double seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before it (${DEFAULT-VALUE}).")
  private double warmUp = 3;

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
      names = "--discard-ciphertext",
      description =
          "Count TLS records after a connection's first answer and do not decrypt them, so that the"
              + " generator is not the limit; bytes are compared in first answers only.")
  private boolean discardCiphertext;

  @Option(names = "--json", description = "One line of JSON on stdout in place of text.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    HttpLoadPlan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try {
      LoadResult result = new HttpLoad(plan).run();
      return REPORT.print(result, json);
    } catch (IOException e) {
      REPORT.complain(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private HttpLoadPlan plan() {
    return new HttpLoadPlan(
        target.urls(urls, spec.commandLine()),
        new HttpDemand(
            connections,
            Duration.ofSeconds(ramp),
            Math.toIntExact(DataSize.parse(range).bytes()),
            spread,
            popularity,
            rate == null ? new Pace.Closed() : new Pace.Open(rate),
            slowReaders,
            Math.toIntExact(DataSize.parse(slowRate).bytes())),
        Seconds.of(warmUp),
        Seconds.of(seconds),
        original,
        new HttpLoadPlan.Tls(target.insecure(), discardCiphertext),
        target.pid(),
        target.seed());
  }
}
