package io.weir.control;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.control.api.ApiServer;
import io.weir.control.assignment.AssignmentFeed;
import io.weir.control.db.AdapterCommands;
import io.weir.control.db.Catalogue;
import io.weir.control.db.Database;
import io.weir.control.db.Ingests;
import io.weir.control.db.NextVersions;
import io.weir.control.db.Nodes;
import io.weir.control.db.Snapshots;
import io.weir.control.ingest.AdapterClient;
import io.weir.control.ingest.Adapters;
import io.weir.control.ingest.IngestProgress;
import io.weir.control.ingest.Reconciler;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.placement.Replicas;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.process.BuildVersion;
import io.weir.protocol.process.CredentialFile;
import io.weir.protocol.process.RunningProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of the control plane: constructs everything in dependency order and closes
 * it in reverse.
 *
 * <p>What it is told is on disk before it is answered, and what adapters are to be told stands
 * there until they were: killed at any point it goes on where it was. It is the only one to say
 * which contents there are. Should its database be lost, it starts with none and says so: an edge
 * that hears this empty assignment drops its contents, as it would if an operator had deleted them,
 * whereas an edge that hears nothing at all lives on its last assignment. So a backup of the data
 * directory is put in place, or the contents are registered again, before the process is started
 * where edges reach it. Version numbers then begin again at 1; bytes are told apart by info-hash,
 * and an adapter that still has another origin under such a number refuses it, which registering
 * once more gets past.
 *
 * <table>
 *   <caption>Threads</caption>
 *   <tr><th>thread</th><th>owns</th><th>must never</th></tr>
 *   <tr><td>XNIO I/O, 2</td><td>connections, request bodies, timers of waiting nodes</td>
 *       <td>touch the database</td></tr>
 *   <tr><td>control-plane-api, 8</td><td>the request that it answers</td>
 *       <td>wait for a change or an adapter</td></tr>
 *   <tr><td>control-plane-reconciler</td><td>all state of ingests</td>
 *       <td>be called from outside, but to be woken</td></tr>
 * </table>
 */
public final class ControlPlane implements RunningProcess {
  private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);

  private static final Duration ADAPTER_CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ADAPTER_CALL_TIMEOUT = Duration.ofSeconds(10);

  private final ControlPlaneConfig config;
  private final Database database;
  private final Reconciler reconciler;
  private final ApiServer api;

  private ControlPlane(
      ControlPlaneConfig config, Database database, Reconciler reconciler, ApiServer api) {
    this.config = config;
    this.database = database;
    this.reconciler = reconciler;
    this.api = api;
  }

  /**
   * Binds and starts everything.
   *
   * @throws IOException if a credential cannot be read, the data directory cannot be used or is in
   *     use, or the address cannot be bound; the message says which
   */
  public static ControlPlane start(ControlPlaneConfig config) throws IOException {
    BearerToken adminToken = CredentialFile.read("admin-token-file", config.adminTokenFile());
    BearerToken nodeCredential =
        CredentialFile.read("node-credential-file", config.nodeCredentialFile());
    Database database = Database.open(config.dataDir());
    try {
      return start(config, database, adminToken, nodeCredential);
    } catch (IOException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  private static ControlPlane start(
      ControlPlaneConfig config,
      Database database,
      BearerToken adminToken,
      BearerToken nodeCredential)
      throws IOException {
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Catalogue catalogue = new Catalogue(database, clock);
    Nodes nodes = new Nodes(database, clock);
    Ingests ingests = new Ingests(database, clock);
    AdapterCommands commands = new AdapterCommands(database);
    Snapshots snapshots = new Snapshots(database);
    Replicas replicas = new Replicas(config.replicas());
    Adapters adapters = new Adapters(config.originAdapters());
    HeartbeatBoard heartbeats = new HeartbeatBoard(clock);
    IngestProgress progress = new IngestProgress();

    adoptConfiguration(adapters, commands, ingests, snapshots);

    AssignmentFeed feed = new AssignmentFeed(snapshots, replicas);
    database.onSnapshotChanged(feed::markStale); // before those who then ask the feed
    HttpClient http = HttpClient.newBuilder().connectTimeout(ADAPTER_CONNECT_TIMEOUT).build();
    Reconciler reconciler =
        new Reconciler(
            new Reconciler.Stores(commands, ingests, new NextVersions(database, clock), nodes),
            adapters,
            new AdapterClient(http, nodeCredential, ADAPTER_CALL_TIMEOUT),
            progress,
            heartbeats,
            replicas,
            clock,
            new Random(),
            meters);
    database.onSnapshotChanged(reconciler::wake);
    ControlPlaneMetrics.register(meters, catalogue, nodes, heartbeats, feed);

    ApiServer api =
        ApiServer.start(
            config.listen(),
            new ApiServer.Backing(
                database, catalogue, nodes, heartbeats, feed, adapters, progress, replicas),
            adminToken,
            nodeCredential,
            meters,
            BuildVersion.text());
    reconciler.start();
    ControlPlane controlPlane = new ControlPlane(config, database, reconciler, api);
    log.info("control plane started url={} version={}", controlPlane.url(), BuildVersion.text());
    return controlPlane;
  }

  /** Brings what is on disk into line with a configuration that may have changed since. */
  private static void adoptConfiguration(
      Adapters adapters, AdapterCommands commands, Ingests ingests, Snapshots snapshots) {
    int dropped = commands.dropAllBut(adapters.urls());
    if (dropped > 0) {
      log.warn("commands dropped, their origin adapters are not configured commands={}", dropped);
    }
    ingests.moveFromAllBut(adapters.urls(), adapters::forContent);
    snapshots.renew();
  }

  /** Base URL, port resolved, without trailing slash. */
  public String url() {
    String host = config.listen().host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + api.port();
  }

  /** Answers what is under way, and nodes that wait at once; refuses the rest with 503. */
  @Override
  public CompletableFuture<Void> drain() {
    log.info("control plane drains");
    return api.drain();
  }

  /** Stops answering, then reconciling, then lets go of the data directory. */
  @Override
  public void close() {
    api.close();
    reconciler.close();
    database.close();
    log.info("control plane stopped");
  }
}
