package io.weir.loadtest.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of the test's own: one loopback device with several addresses, no way out. Clients that
 * refuse 127.0.0.0/8 or keep one peer per address meet an edge here as they would on a real
 * network. Its mounts are its own as well.
 *
 * <p>Made by {@code unshare} in a user namespace of its own, so that no root is needed where the
 * kernel allows that; it ends with the shell that holds it.
 */
final class NetworkNamespace implements Network, AutoCloseable {
  /** Where the edges listen. */
  static final String EDGE_ADDRESS = "10.77.0.1";

  private static final int CLIENTS = 5;

  private static final String SETUP =
      String.join(
          " && ",
          "ip link set lo up",
          "ip addr add " + EDGE_ADDRESS + "/24 dev lo",
          "for n in $(seq "
              + CLIENTS
              + "); do ip addr add "
              + clientAddress("$n")
              + "/24 dev lo; done",
          "ip route add default via " + EDGE_ADDRESS + " dev lo",
          "echo up",
          // Ends when the test closes its side of the pipe, even if it is killed.
          "exec cat >/dev/null");

  private final Process holder;

  private NetworkNamespace(Process holder) {
    this.holder = holder;
  }

  /** Where a client binds to be a host of its own; clients are counted from 1. */
  static String clientAddress(int client) {
    return clientAddress(Integer.toString(client));
  }

  private static String clientAddress(String client) {
    return "10.77.0.10" + client;
  }

  static NetworkNamespace open() throws IOException {
    Process holder =
        new ProcessBuilder("unshare", "--map-root-user", "--net", "--mount", "sh", "-c", SETUP)
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

  @Override
  public String edgeAddress() {
    return EDGE_ADDRESS;
  }

  @Override
  public int port(int documented) {
    return documented;
  }

  @Override
  public ProcessBuilder command(List<String> command) {
    List<String> entered =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target=" + holder.pid(),
                "--user",
                "--net",
                "--mount",
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
