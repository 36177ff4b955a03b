package io.weir.edge.control;

import io.weir.edge.cache.PieceCache;
import io.weir.edge.swarm.Catalogue;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.NodeRegistration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's side of the control plane: what it was told last is restored from disk before anything
 * is served, then followed and reported on. Never on the path of a byte, and never missed by it.
 *
 * <table>
 *   <caption>Threads</caption>
 *   <tr><th>thread</th><th>does</th></tr>
 *   <tr><td>weir-assignment</td><td>registers, long-polls, fetches metainfo, swaps the catalogue</td></tr>
 *   <tr><td>weir-heartbeat</td><td>reports, so that no poll delays a report</td></tr>
 * </table>
 */
public final class ControlLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlLink.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(15);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

  /**
   * Who asks which control plane, and where its word is kept.
   *
   * @param nodeId this node
   * @param url base URL
   * @param credential shown with every request
   * @param dataDir where the last assignment is kept
   * @param heartbeat interval of reports
   */
  public record Settings(
      String nodeId, String url, BearerToken credential, Path dataDir, Duration heartbeat) {}

  private final ControlPlaneClient client;
  private final AssignmentApplier applier;
  private final PieceCache cache;
  private final Duration heartbeat;
  private final RandomGenerator random;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * A link that asks nobody yet.
   *
   * @param catalogue replaced by this link alone
   * @param cache numbers the versions, and is asked what it stores
   * @param random for jitter
   * @throws IOException if the data directory cannot be used
   */
  public ControlLink(
      Settings settings, Catalogue catalogue, PieceCache cache, RandomGenerator random)
      throws IOException {
    AssignmentFiles files = new AssignmentFiles(settings.dataDir());
    this.client = new ControlPlaneClient(settings.url(), settings.nodeId(), settings.credential());
    this.applier =
        new AssignmentApplier(
            settings.nodeId(), files, new MetainfoShelf(files, client), cache, catalogue);
    this.cache = cache;
    this.heartbeat = settings.heartbeat();
    this.random = random;
  }

  /** Fills the catalogue from disk, as far as it remembers. Before {@link #start}. */
  public void restore() {
    applier.restore();
  }

  /** Starts to follow and report; once, from the thread that restored. */
  public void start(NodeRegistration registration) {
    applier.onBound(registration.endpoints());
    Backoff backoff = new Backoff(FIRST_RETRY, LAST_RETRY, random);
    run("weir-assignment", new AssignmentFollower(client, registration, applier, backoff));
    run("weir-heartbeat", new HeartbeatReporter(client, applier, cache, heartbeat));
  }

  /** Why the node should not be given traffic: nothing once the catalogue is filled. */
  public List<String> unready() {
    return applier.applied() == null
        ? List.of("no assignment yet, from disk or control plane")
        : List.of();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE_DEADLINE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (dead, failure) -> log.error("thread died thread={}", dead.getName(), failure));
    threads.add(thread);
    thread.start();
  }
}
