package io.weir.loadtest.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of the test's own: one loopback device with two addresses, no way out. Clients that
 * refuse 127.0.0.0/8 or keep one peer per address meet an edge here as they would on a real
 * network.
 *
 * <p>Made by {@code unshare} in a user namespace of its own, so that no root is needed where the
 * kernel allows that; it ends with the shell that holds it.
 */
final class NetworkNamespace implements AutoCloseable {
  /** Where the edges listen. */
  static final String EDGE_ADDRESS = "10.77.0.1";

  /** Where a client may bind, to be a host of its own. */
  static final String CLIENT_ADDRESS = "10.77.0.2";

  private static final String SETUP =
      String.join(
          " && ",
          "ip link set lo up",
          "ip addr add " + EDGE_ADDRESS + "/24 dev lo",
          "ip addr add " + CLIENT_ADDRESS + "/24 dev lo",
          "ip route add default via " + EDGE_ADDRESS + " dev lo",
          "echo up",
          // Ends when the test closes its side of the pipe, even if it is killed.
          "exec cat >/dev/null");

  private final Process holder;

  private NetworkNamespace(Process holder) {
    this.holder = holder;
  }

  static NetworkNamespace open() throws IOException {
    Process holder =
        new ProcessBuilder("unshare", "--map-root-user", "--net", "sh", "-c", SETUP)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader reader = holder.inputReader();
    if (!"up".equals(reader.readLine())) {
      holder.destroyForcibly();
      throw new IOException("no network namespace: unshare or ip failed");
    }
    return new NetworkNamespace(holder);
  }

  /** Whether this machine lets the test make one. */
  static boolean available() {
    try (NetworkNamespace namespace = open()) {
      return namespace.holder.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** A command that runs in this network. */
  ProcessBuilder command(List<String> command) {
    List<String> entered =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target=" + holder.pid(),
                "--user",
                "--net",
                "--preserve-credentials",
                "--"));
    entered.addAll(command);
    return new ProcessBuilder(entered);
  }

  @Override
  public void close() {
    holder.destroy();
    try {
      holder.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
