package io.weir.control.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.weir.control.assignment.AssignmentFeed;
import io.weir.control.db.Catalogue;
import io.weir.control.db.Database;
import io.weir.control.db.Nodes;
import io.weir.control.ingest.Adapters;
import io.weir.control.ingest.IngestProgress;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.placement.Replicas;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.BearerToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xnio.Options;

/** The listener of the API. It wakes waiting nodes at every change of the snapshot. */
public final class ApiServer implements AutoCloseable {
  /** Connections beyond which no more are accepted; every node may hold one while it waits. */
  static final int MAX_CONNECTIONS = 4 * Nodes.MAX_NODES;

  /** How long a connection may be idle between requests. */
  static final int IDLE_MILLIS = 75_000;

  /** How long a request's header may take. */
  static final int HEADER_MILLIS = 10_000;

  /** Longest request header. */
  static final int MAX_HEADER_BYTES = 16 << 10;

  /**
   * What of a refused body is read and thrown away, so that its sender comes to read the refusal;
   * the connection of a longer one is closed.
   */
  static final long MAX_DISCARDED_BYTES = 2L * PublishBody.MAX_BYTES;

  private final Undertow server;
  private final GracefulShutdownHandler admission;
  private final AssignmentWaiters waiters;
  private final Workers workers;

  /**
   * What the endpoints read and change.
   *
   * @param database told when the snapshot changed
   * @param catalogue the contents
   * @param nodes the registry
   * @param heartbeats what nodes last said
   * @param feed what nodes are sent
   * @param adapters which adapter reads what
   * @param progress how far ingests are
   * @param replicas which nodes hold what
   */
  public record Backing(
      Database database,
      Catalogue catalogue,
      Nodes nodes,
      HeartbeatBoard heartbeats,
      AssignmentFeed feed,
      Adapters adapters,
      IngestProgress progress,
      Replicas replicas) {}

  private ApiServer(
      Undertow server,
      GracefulShutdownHandler admission,
      AssignmentWaiters waiters,
      Workers workers) {
    this.server = server;
    this.admission = admission;
    this.waiters = waiters;
    this.workers = workers;
  }

  /**
   * Binds and begins to answer.
   *
   * @param version of this build, for people
   * @throws IOException if the address cannot be bound
   */
  public static ApiServer start(
      ListenAddress listen,
      Backing backing,
      BearerToken adminToken,
      BearerToken nodeCredential,
      PrometheusMeterRegistry meters,
      String version)
      throws IOException {
    Workers workers = new Workers(Workers.DEFAULT_THREADS, Workers.DEFAULT_MAX_QUEUED);
    NodeAgentResource agents =
        new NodeAgentResource(
            backing.nodes(), backing.heartbeats(), backing.feed(), backing.catalogue());
    AssignmentWaiters waiters = new AssignmentWaiters(workers, agents);
    backing.database().onSnapshotChanged(waiters::onAssignmentChanged);
    Gauge.builder("weir.assignment.waiters", waiters, AssignmentWaiters::count)
        .description(
            "Nodes that wait for their next assignment. Far fewer than the nodes that are up means"
                + " that they cannot hold a connection.")
        .register(meters);
    BodyBudget budget = new BodyBudget(BodyBudget.DEFAULT_BYTES);
    Gauge.builder("weir.api.body.budget", budget, BodyBudget::left)
        .baseUnit("bytes")
        .description(
            "Bytes of request bodies that may still be taken into memory. Near 0, long bodies are"
                + " refused with 503: too many are sent at once, or too slowly.")
        .register(meters);
    Router router =
        new Router(
            routes(listen, backing, agents, meters, version),
            new Access(adminToken, nodeCredential),
            new BodyReceiver(budget, BodyReceiver.DEADLINE),
            workers,
            waiters,
            meters);
    GracefulShutdownHandler admission =
        Handlers.gracefulShutdown(Handlers.httpContinueRead(router));
    Undertow server =
        Undertow.builder()
            .addHttpListener(listen.port(), listen.host())
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_MILLIS)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_DISCARDED_BYTES)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, MAX_CONNECTIONS)
            .setSocketOption(Options.CONNECTION_LOW_WATER, MAX_CONNECTIONS)
            .setIoThreads(2)
            .setWorkerThreads(1)
            .setHandler(admission)
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      workers.close();
      throw new IOException(
          "cannot listen on " + listen.host() + ":" + listen.port() + ": " + e.getMessage(), e);
    }
    return new ApiServer(server, admission, waiters, workers);
  }

  private static List<Route> routes(
      ListenAddress listen,
      Backing backing,
      NodeAgentResource agents,
      PrometheusMeterRegistry meters,
      String version) {
    ContentViews views =
        new ContentViews(backing.progress(), backing.heartbeats(), backing.replicas());
    return Routes.of(
        listen.isLoopback() ? Caller.ANYONE : Caller.OPERATOR_OR_NODE,
        new ContentResource(backing.catalogue(), backing.nodes(), backing.adapters(), views),
        new NodeResource(backing.nodes(), backing.heartbeats()),
        agents,
        new ServiceResource(backing.database(), meters, version));
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Stops accepting, ends what is under way, and waits for the I/O threads. */
  /** Refuses new requests with 503; completes when those under way are answered. */
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    admission.shutdown();
    waiters.close();
    admission.addShutdownListener(complete -> drained.complete(null));
    return drained;
  }

  @Override
  public void close() {
    server.stop();
    workers.close();
  }
}
