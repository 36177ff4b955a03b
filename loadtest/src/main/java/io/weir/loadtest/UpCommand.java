package io.weir.loadtest;

import io.weir.control.cli.ProgressDisplay;
import io.weir.control.cli.Publication;
import io.weir.edge.EdgeConfig;
import io.weir.loadtest.stack.EmbeddedStack;
import io.weir.loadtest.stack.SeparateStack;
import io.weir.loadtest.stack.Stack;
import io.weir.loadtest.stack.StackClient;
import io.weir.loadtest.stack.StackPlan;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.ProcessEnd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir up}: the whole stack, in this process or one a role, until SIGTERM. */
@Command(
    name = "up",
    description =
        "Starts control plane, origin adapter and edges, publishes what is named, and stays up"
            + " until SIGTERM.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:told to stop",
      "1:could not start, or something could not be published",
      "2:wrong usage"
    })
final class UpCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(15);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where everything is kept; the same again resumes (${DEFAULT-VALUE}).")
  private Path dir = Path.of("weir-up");

  @Option(names = "--edges", paramLabel = "N", description = "Edge nodes (${DEFAULT-VALUE}).")
  private int edges = 2;

  @Option(
      names = "--publish",
      paramLabel = "FILE|URL",
      description = "Publish this, and be ready when it is; may be repeated.")
  private List<String> publish = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "What listeners bind and edges advertise (${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--hot-tier",
      paramLabel = "SIZE",
      description = "What each edge holds in memory (${DEFAULT-VALUE}).")
  private String hotTier = StackPlan.DEFAULT_HOT_TIER.toString();

  @ArgGroup(exclusive = false)
  private @Nullable Tls tls;

  /** Both or neither. */
  static final class Tls {
    @Option(
        names = "--tls-certificate",
        paramLabel = "FILE",
        required = true,
        description = "PEM chain that every edge shows on an HTTPS listener, which it then has,")
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-key",
        paramLabel = "FILE",
        required = true,
        description = "and its key, PEM, PKCS #8.")
    private Path key = Path.of("");

    private EdgeConfig.Tls files() {
      return new EdgeConfig.Tls(certificate.toAbsolutePath(), key.toAbsolutePath());
    }
  }

  @Option(names = "--json", description = "One line of JSON on stdout when ready, nothing else.")
  private boolean json;

  @Option(
      names = "--separate",
      description =
          "A process for each role, with its configuration in DIR/config and its log in DIR/log."
              + " One that ends is not started again; all end with this one.")
  private boolean separate;

  @Override
  public Integer call() {
    StackPlan plan = plan(List.of());
    List<Publication> publications = publications(plan.resumes());
    try (ProcessEnd end = ProcessEnd.onSignals(STOP_DEADLINE);
        Stack stack = start(plan(publications))) {
      if (end.untilTold(() -> announce(stack, publications)).isPresent()) {
        end.await();
      }
      if (!end.awaitWithin(DRAIN, stack.drain())) {
        System.err.println("weir up: drain cut short");
      }
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } catch (IOException e) {
      System.err.println("weir up: " + e.getMessage());
      return 1;
    }
  }

  private Stack start(StackPlan plan) throws IOException {
    return separate ? SeparateStack.start(plan) : EmbeddedStack.start(plan);
  }

  /** Publishes, and says where everything is. */
  private boolean announce(Stack stack, List<Publication> publications)
      throws IOException, InterruptedException {
    StackClient client = new StackClient(stack.addresses());
    client.awaitEdges();
    ProgressDisplay progress = ProgressDisplay.onStderr();
    for (Publication publication : publications) {
      client.publish(publication, progress);
    }
    UpReport report = UpReport.of(stack, client, dir.toAbsolutePath().normalize());
    System.out.println(json ? Json.MAPPER.writeValueAsString(report) : report.toText());
    return true;
  }

  private StackPlan plan(List<Publication> publications) {
    List<String> hosts = new ArrayList<>();
    List<Path> roots = new ArrayList<>();
    for (Publication publication : publications) {
      URI url = publication.originUrl();
      if ("file".equals(url.getScheme())) {
        roots.add(folderOf(Path.of(url)));
      } else {
        hosts.add(url.getHost());
      }
    }
    try {
      return new StackPlan(
          dir, host, edges, true, hosts, roots, hotTier(), tls == null ? null : tls.files());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private DataSize hotTier() {
    try {
      return DataSize.parse(hotTier);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hot-tier: " + e.getMessage(), e);
    }
  }

  /** Where the file really lies, since the adapter follows links before it looks at its roots. */
  private static Path folderOf(Path file) {
    try {
      Path real = file.toRealPath();
      Path folder = real.getParent();
      return folder == null ? real : folder;
    } catch (IOException e) {
      // Gone since it was looked at: the adapter will say so.
      return file;
    }
  }

  /** A resumed stack may have what it published before from a file that is no more. */
  private List<Publication> publications(boolean resumes) {
    List<Publication> publications = new ArrayList<>();
    for (String source : publish) {
      try {
        publications.add(Publication.of(source, null, null));
      } catch (IllegalArgumentException e) {
        if (!resumes) {
          throw new ParameterException(spec.commandLine(), "--publish: " + e.getMessage(), e);
        }
        System.err.println(
            "weir up: --publish: " + e.getMessage() + "; resuming with what is there");
      }
    }
    return publications;
  }
}
