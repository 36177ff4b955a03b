package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network of one's own, where loopback is paced by nobody: with {@code bbr}, which many machines
 * have by default, pacing doubles what raw loopback costs and hides the servers.
 */
public final class NetworkNamespace {
  /** Set in the environment of what runs inside. */
  public static final String VARIABLE = "WEIR_OWN_NETWORK";

  private static final String SET_UP =
      "ip link set lo up && sysctl -qw net.ipv4.tcp_congestion_control=reno && exec \"$@\"";

  /** As root without, as a user with a user namespace. */
  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "--net"), List.of("unshare", "--map-root-user", "--net"));

  /** Whether this process runs in one. */
  public static boolean isInside() {
    return System.getenv(VARIABLE) != null;
  }

  /** The command that runs this one inside; empty where that is not allowed here. */
  public static Optional<List<String>> enter(List<String> command)
      throws IOException, InterruptedException {
    for (List<String> way : WAYS) {
      if (works(prefixed(way, List.of("true")))) {
        return Optional.of(prefixed(way, command));
      }
    }
    return Optional.empty();
  }

  private static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // No such program: not this way.
      return false;
    }
  }

  private static List<String> prefixed(List<String> way, List<String> command) {
    List<String> whole = new ArrayList<>(way);
    whole.addAll(List.of("sh", "-c", SET_UP, "sh"));
    whole.addAll(command);
    return whole;
  }

  private NetworkNamespace() {}
}
