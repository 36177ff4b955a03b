package io.weir.loadtest;

import io.weir.control.cli.ProgressDisplay;
import io.weir.control.cli.Publication;
import io.weir.control.view.ContentView;
import io.weir.edge.EdgeNode;
import io.weir.loadtest.crowd.Crowd;
import io.weir.loadtest.crowd.CrowdPlan;
import io.weir.loadtest.crowd.CrowdProgress;
import io.weir.loadtest.crowd.CrowdResult;
import io.weir.loadtest.origin.PlainOrigin;
import io.weir.loadtest.report.OffloadReport;
import io.weir.loadtest.stack.EmbeddedStack;
import io.weir.loadtest.stack.StackClient;
import io.weir.loadtest.stack.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the whole system on loopback, in a folder of its own that {@link #close} removes: an
 * origin with one file, the stack with two edges, a crowd. For one thread.
 */
final class Demo implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int EDGES = 2;
  private static final long SEED = 2006;
  private static final int POLL_MILLIS = 200;

  private final ProgressDisplay progress;
  private final ScratchFolder folder;
  private final DemoContent content;
  private final PlainOrigin origin;
  private final EmbeddedStack stack;

  /**
   * Makes the content where none is given, starts origin and stack.
   *
   * @param file the content, null for random bytes
   */
  Demo(@Nullable Path file, ProgressDisplay progress) throws IOException {
    this.progress = progress;
    this.folder = ScratchFolder.create("weir-demo-");
    try {
      content = DemoContent.of(file, folder.path(), SEED, progress);
      origin = PlainOrigin.start(HOST, content.file());
      stack = startStack();
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private EmbeddedStack startStack() throws IOException {
    try {
      return EmbeddedStack.start(
          new StackPlan(
              folder.path().resolve("stack"),
              HOST,
              EDGES,
              false,
              List.of(),
              List.of(),
              StackPlan.DEFAULT_HOT_TIER,
              null));
    } catch (IOException | RuntimeException e) {
      origin.close();
      throw e;
    }
  }

  /** Publishes, downloads, and tells where the bytes came from. */
  OffloadReport run(int peers, int httpClients) throws IOException, InterruptedException {
    StackClient client = new StackClient(stack.addresses());
    client.awaitEdges();
    ContentView published = client.publish(Publication.of(origin.url(), "demo", null), progress);
    CrowdPlan plan =
        new CrowdPlan(
            client.torrent(published.id()),
            published.http(),
            stack.edges().stream().map(Demo::peerAddress).collect(Collectors.toSet()),
            content.sha256Hex(),
            peers,
            httpClients,
            folder.path().resolve("crowd"),
            HOST,
            SEED);
    try (Crowd crowd = Crowd.start(plan)) {
      CrowdResult result = follow(crowd);
      result.participants().stream()
          .filter(participant -> !participant.sha256Ok())
          .forEach(participant -> System.err.println("weir demo: " + participant));
      return report(result);
    }
  }

  private OffloadReport report(CrowdResult result) {
    return new OffloadReport(
        content.lengthBytes(),
        origin.bytesSent(),
        sum(EdgeNode::httpContentBytesSent),
        sum(EdgeNode::swarmContentBytesSent),
        result.bytesFromPeers(),
        result.bytesHttp() + result.bytesFromEdges() + result.bytesFromPeers(),
        result.participants().size(),
        (int) result.participants().stream().filter(p -> p.sha256Ok()).count(),
        result.seconds());
  }

  private CrowdResult follow(Crowd crowd) throws IOException, InterruptedException {
    while (true) {
      try {
        CrowdResult result = crowd.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        show(crowd.progress());
        progress.end();
        return result;
      } catch (TimeoutException e) {
        show(crowd.progress());
      } catch (ExecutionException e) {
        throw new IOException("the crowd failed: " + e.getCause(), e);
      }
    }
  }

  private void show(CrowdProgress now) {
    progress.show(
        "downloading",
        now.bytesReceived(),
        now.bytesWanted(),
        String.format(
            Locale.ROOT,
            "peers %d/%d, http %d/%d",
            now.peersDone(),
            now.peers(),
            now.clientsDone(),
            now.httpClients()));
  }

  private long sum(ToLongFunction<EdgeNode> counter) {
    return stack.edges().stream().mapToLong(counter).sum();
  }

  private static InetSocketAddress peerAddress(EdgeNode edge) {
    URI peer = URI.create("tcp://" + edge.endpoints().peer());
    return new InetSocketAddress(peer.getHost(), peer.getPort());
  }

  @Override
  public void close() {
    stack.close();
    origin.close();
    folder.close();
  }
}
