package io.weir.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.weir.edge.admin.AdminServer;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.cache.PieceCheck;
import io.weir.edge.control.ControlLink;
import io.weir.edge.fill.AdapterPieceSource;
import io.weir.edge.fill.FillLimits;
import io.weir.edge.http.HttpLimits;
import io.weir.edge.http.HttpServer;
import io.weir.edge.peer.PeerLimits;
import io.weir.edge.peer.PeerServer;
import io.weir.edge.socket.Transport;
import io.weir.edge.store.PieceStore;
import io.weir.edge.store.SegmentPieceStore;
import io.weir.edge.store.StoreMetrics;
import io.weir.edge.swarm.AssignedFiller;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.ScrubMetrics;
import io.weir.edge.swarm.Scrubber;
import io.weir.edge.swarm.StoreSweep;
import io.weir.edge.tls.ServerTls;
import io.weir.edge.tls.TlsFiles;
import io.weir.edge.tls.TlsLibrary;
import io.weir.edge.tracker.Tracker;
import io.weir.edge.tracker.TrackerLimits;
import io.weir.edge.tracker.UdpTracker;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import io.weir.protocol.process.BuildVersion;
import io.weir.protocol.process.CredentialFile;
import io.weir.protocol.process.DataDirectory;
import io.weir.protocol.process.RunningProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running edge node: every part of it, constructed in the order in which they need each other and
 * closed in reverse. One process may hold several, each with a data directory and ports of its own.
 *
 * <p>What the node was told last is restored before any listener is bound, so none ever denies a
 * content that the node has; the control plane need not be there.
 */
public final class EdgeNode implements RunningProcess {
  private static final Logger log = LoggerFactory.getLogger(EdgeNode.class);
  private static final Duration STORE_TENDING = Duration.ofSeconds(2);
  private static final Duration TLS_RELOAD = Duration.ofSeconds(5);

  private final OpenParts parts;
  private final Drain drain;
  private final NodeEndpoints endpoints;
  private final @Nullable InetSocketAddress https;
  private final HttpServer http;
  private final PeerServer peers;

  private EdgeNode(
      OpenParts parts,
      Drain drain,
      NodeEndpoints endpoints,
      @Nullable InetSocketAddress https,
      HttpServer http,
      PeerServer peers) {
    this.parts = parts;
    this.drain = drain;
    this.endpoints = endpoints;
    this.https = https;
    this.http = http;
    this.peers = peers;
  }

  /**
   * Binds and starts everything; returns once every listener answers.
   *
   * @throws IOException if an address, the data directory or the credential cannot be used, naming
   *     which; nothing is left open then
   */
  public static EdgeNode start(EdgeConfig config) throws IOException {
    OpenParts parts = new OpenParts();
    try {
      return open(config, parts);
    } catch (IOException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static EdgeNode open(EdgeConfig config, OpenParts parts) throws IOException {
    BearerToken credential =
        CredentialFile.read(
            "control-plane.credential-file", config.controlPlane().credentialFile());
    parts.add(DataDirectory.take(config.dataDir()));
    Path dataDir = config.dataDir();
    EdgeConfig.Listen listen = config.listen();
    Random random = new Random();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.add(meters::close);

    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    SegmentPieceStore store =
        parts.add(
            SegmentPieceStore.open(
                dataDir.resolve("pieces"),
                config.store().capacity().bytes(),
                PageCache.bytes(config.hotTier().capacity().bytes()),
                allocator,
                System::nanoTime,
                new StoreMetrics(meters)));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(new NamedDaemons("weir-timer"));
    parts.add(timer::shutdownNow);
    AdapterPieceSource source =
        parts.add(
            new AdapterPieceSource(
                Transport.best(),
                processors(),
                credential,
                allocator,
                timer,
                System::nanoTime,
                FillLimits.defaults()));
    PieceCache cache =
        parts.add(
            new PieceCache(
                store,
                source,
                Executors.newFixedThreadPool(processors(), new NamedDaemons("weir-cache")),
                Executors.newSingleThreadExecutor(new NamedDaemons("weir-store")),
                timer,
                new CacheMetrics(meters),
                CacheLimits.around(config.hotTier().capacity().bytes()),
                System::nanoTime));
    AssignedFiller filler = parts.add(new AssignedFiller(cache, timer, random));
    Catalogue catalogue = new Catalogue(List.of(new StoreSweep(cache), filler));
    tendStore(config, parts, store, cache, catalogue, filler, timer, meters);
    ControlLink control =
        parts.add(
            new ControlLink(
                new ControlLink.Settings(
                    config.nodeId(),
                    config.controlPlane().url(),
                    credential,
                    dataDir,
                    config.controlPlane().heartbeat()),
                catalogue,
                cache,
                random));
    control.restore();

    Drain drain = new Drain();
    AdminServer admin =
        parts.add(
            bound(
                "admin",
                listen.admin(),
                at ->
                    AdminServer.start(
                        at,
                        credential,
                        meters,
                        () -> unready(drain, control),
                        () -> degraded(store),
                        drain::begin)));
    ServerTls tls = tls(config, parts, meters);
    HttpServer http =
        parts.add(
            bound(
                "http",
                listen.http(),
                at -> HttpServer.bind(at, HttpLimits.defaults(), processors(), meters)));
    InetSocketAddress https =
        tls == null || listen.https() == null
            ? null
            : bound("https", listen.https(), at -> http.bindTls(at, tls));
    PeerServer peers =
        parts.add(
            bound(
                "peer",
                listen.peer(),
                at ->
                    PeerServer.start(
                        at,
                        PeerLimits.defaults(),
                        catalogue,
                        cache,
                        System::nanoTime,
                        random,
                        meters)));
    Tracker tracker =
        new Tracker(
            catalogue,
            TrackerLimits.defaults(),
            System::nanoTime,
            new SplittableRandom(new SecureRandom().nextLong()),
            meters,
            peers::onLeecherStarted);
    UdpTracker udpTracker =
        parts.add(
            bound(
                "udp-tracker",
                listen.udpTracker(),
                at -> UdpTracker.start(at, tracker, System::nanoTime, new SecureRandom(), meters)));

    AdvertisedHost host = new AdvertisedHost(config.advertise());
    AdvertisedHost adminHost =
        new AdvertisedHost(listen.admin().isLoopback() ? null : config.advertise());
    NodeEndpoints endpoints =
        new NodeEndpoints(
            config.nodeId(),
            "http://" + host.authority("http", http.address()),
            host.authority("peer", peers.address()),
            "udp://" + host.authority("udp-tracker", udpTracker.address()),
            "http://" + adminHost.authority("admin", admin.address()));
    drain.onBegin(
        () -> {
          log.info("edge node drains node={}", config.nodeId());
          tracker.withdraw(endpoints);
          http.closeAfterAnswers();
        });
    control.start(
        new NodeRegistration(endpoints, config.store().capacity().bytes(), BuildVersion.text()));
    http.start(catalogue, cache, tracker, endpoints, random);
    log.info("edge node serves endpoints={} https={}", endpoints, https);
    return new EdgeNode(parts, drain, endpoints, https, http, peers);
  }

  private static void tendStore(
      EdgeConfig config,
      OpenParts parts,
      SegmentPieceStore store,
      PieceCache cache,
      Catalogue catalogue,
      AssignedFiller filler,
      ScheduledExecutorService timer,
      MeterRegistry meters) {
    long seconds = STORE_TENDING.toSeconds();
    ScheduledExecutorService disk =
        Executors.newSingleThreadScheduledExecutor(new NamedDaemons("weir-disk"));
    parts.add(disk::shutdownNow);
    var recovery = disk.scheduleWithFixedDelay(store::recover, seconds, seconds, TimeUnit.SECONDS);
    var healing = timer.scheduleWithFixedDelay(filler::heal, seconds, seconds, TimeUnit.SECONDS);
    parts.add(() -> healing.cancel(false));
    parts.add(() -> recovery.cancel(false));
    long scrubRate = config.store().scrubRate().bytes();
    if (scrubRate > 0) {
      new Scrubber(
              cache,
              new PieceCheck(store),
              catalogue,
              disk,
              new ScrubMetrics(meters, System::nanoTime),
              scrubRate)
          .start();
    }
  }

  /** Certificate and key, looked at again and again; null where there is no HTTPS listener. */
  private static @Nullable ServerTls tls(EdgeConfig config, OpenParts parts, MeterRegistry meters)
      throws IOException {
    Path certificate = config.tls().certificate();
    Path key = config.tls().key();
    if (config.listen().https() == null || certificate == null || key == null) {
      return null;
    }
    ServerTls tls =
        parts.add(ServerTls.open(new TlsFiles(certificate, key), TlsLibrary.best(), meters));
    ScheduledExecutorService files =
        Executors.newSingleThreadScheduledExecutor(new NamedDaemons("weir-tls"));
    parts.add(files::shutdownNow);
    long seconds = TLS_RELOAD.toSeconds();
    var unused =
        files.scheduleWithFixedDelay(tls::reloadIfChanged, seconds, seconds, TimeUnit.SECONDS);
    return tls;
  }

  private static List<String> degraded(PieceStore store) {
    String reason = store.unwritable();
    return reason == null ? List.of() : List.of("pieces are not stored: " + reason);
  }

  private static List<String> unready(Drain drain, ControlLink control) {
    List<String> reasons = new ArrayList<>(drain.reasons());
    reasons.addAll(control.unready());
    return reasons;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private interface Binder<T> {
    T bind(ListenAddress address) throws IOException;
  }

  private static <T> T bound(String listener, ListenAddress address, Binder<T> binder)
      throws IOException {
    try {
      return binder.bind(address);
    } catch (IOException e) {
      throw new IOException(
          "listener " + listener + " cannot bind " + address + ": " + e.getMessage(), e);
    }
  }

  /** Where it is reached, ports resolved. */
  public NodeEndpoints endpoints() {
    return endpoints;
  }

  /** Where HTTPS is answered, port resolved; null where it is not. */
  public @Nullable InetSocketAddress httpsAddress() {
    return https;
  }

  /** Bytes of content sent over HTTP bodies, ever in this process. */
  public long httpContentBytesSent() {
    return http.contentBytesSent();
  }

  /** Bytes of blocks sent over peer wire, ever in this process. */
  public long swarmContentBytesSent() {
    return peers.uploadedBytes();
  }

  /**
   * Is not ready any more, accepts no connection, finishes every answer and every block that was
   * asked for.
   */
  @Override
  public CompletableFuture<Void> drain() {
    drain.begin();
    return CompletableFuture.allOf(http.drain(), peers.drain());
  }

  /** Closes every listener and connection, then the cache, then the store. */
  @Override
  public void close() {
    parts.close();
    log.info("edge node closed node={}", endpoints.id());
  }
}
