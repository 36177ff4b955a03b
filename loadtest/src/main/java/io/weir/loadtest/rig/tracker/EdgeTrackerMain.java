package io.weir.loadtest.rig.tracker;

import io.weir.edge.EdgeConfig;
import io.weir.edge.EdgeNode;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A whole edge as {@code edge-node serve} runs it, with a control plane beside it that names many
 * contents of which nobody has a byte: its trackers, UDP and HTTP, are there to be measured. Prints
 * their two ports, a line each, once it knows every content, and ends with its standard input.
 */
public final class EdgeTrackerMain {
  /** Where in its directory it writes the {@link InfoHashFile} of its contents. */
  static final String INFO_HASHES = "info-hashes.txt";

  private static final String NODE = "tracker";
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final long READY_POLL_MILLIS = 100;

  private EdgeTrackerMain() {}

  /** Takes the data directory and the number of contents. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Each of thousands of answers would wait 40 ms for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Path dir = Path.of(args[0]);
    SyntheticContents contents = SyntheticContents.of(Integer.parseInt(args[1]));
    Path credential = dir.resolve("node-credential");
    Files.createDirectories(dir);
    Files.writeString(credential, "loadtest\n");
    InfoHashFile.write(dir.resolve(INFO_HASHES), contents.infoHashes());
    try (FixedControlPlane control = FixedControlPlane.start(contents);
        EdgeNode edge = EdgeNode.start(config(dir, control.url(), credential))) {
      awaitReady(edge.endpoints());
      System.out.println(port(edge.endpoints().udpTracker()));
      System.out.println(port(edge.endpoints().http()));
      while (System.in.read() >= 0) {
        // What is written there means nothing; its end does.
      }
    }
  }

  private static EdgeConfig config(Path dir, String controlPlane, Path credential) {
    EdgeConfig defaults = EdgeConfig.defaults();
    ListenAddress any = new ListenAddress("127.0.0.1", 0);
    return new EdgeConfig(
        NODE,
        dir.resolve("edge"),
        null,
        new EdgeConfig.Listen(any, null, any, any, any),
        defaults.tls(),
        new EdgeConfig.ControlPlane(controlPlane, credential, defaults.controlPlane().heartbeat()),
        defaults.store(),
        new EdgeConfig.HotTier(DataSize.ofMebibytes(64)),
        defaults.shutdownGrace());
  }

  private static void awaitReady(NodeEndpoints edge) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (status(edge.admin() + "/readyz") != 200) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the edge is not ready");
      }
      Thread.sleep(READY_POLL_MILLIS);
    }
  }

  private static int status(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }
}
