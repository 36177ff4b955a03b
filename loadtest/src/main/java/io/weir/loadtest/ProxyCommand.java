package io.weir.loadtest;

import io.weir.loadtest.rig.proxy.DelayProxy;
import io.weir.loadtest.rig.proxy.Line;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.DurationText;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.process.ProcessEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir loadtest proxy}: a long line to a server that is near. */
@Command(
    name = "proxy",
    description = {
      "Carries TCP connections to a server as a long line would: every byte arrives half the delay"
          + " later, and each connection has one window of bytes under way at most. Prints where it"
          + " listens and stays until SIGTERM."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ended as it was told", "1:could not listen", "2:wrong usage"})
final class ProxyCommand implements Callable<Integer> {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(names = "--to", paramLabel = "HOST:PORT", required = true, description = "The server.")
  private String to = "";

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      required = true,
      description = "A round trip: 100ms, 1s.")
  private String delay = "";

  @Option(
      names = "--window",
      paramLabel = "SIZE",
      description = "Bytes of a connection under way each way (${DEFAULT-VALUE}).")
  private String window = "1MiB";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; port 0 is any free one (${DEFAULT-VALUE}).")
  private String listen = "127.0.0.1:0";

  @Override
  public Integer call() throws InterruptedException {
    InetSocketAddress near;
    InetSocketAddress far;
    Line line;
    try {
      near = socket(listen);
      far = socket(to);
      line = new Line(DurationText.parse(delay), Math.toIntExact(DataSize.parse(window).bytes()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try (ProcessEnd end = ProcessEnd.onSignals(STOP_DEADLINE);
        DelayProxy proxy = DelayProxy.start(near, far, line)) {
      InetSocketAddress at = proxy.address();
      System.out.println(new ListenAddress(at.getHostString(), at.getPort()));
      end.await();
      return 0;
    } catch (IOException e) {
      System.err.println("weir loadtest proxy: " + e.getMessage());
      return 1;
    }
  }

  private static InetSocketAddress socket(String text) {
    ListenAddress address = ListenAddress.parse(text);
    return new InetSocketAddress(address.host(), address.port());
  }
}
