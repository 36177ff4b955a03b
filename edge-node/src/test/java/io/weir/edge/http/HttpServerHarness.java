package io.weir.edge.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fixture.Await;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.store.SegmentPieceStore;
import io.weir.edge.store.StoreMetrics;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.edge.tls.ServerTls;
import io.weir.edge.tracker.Tracker;
import io.weir.edge.tracker.TrackerLimits;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A real HTTP server over a real cache and store, with a fake origin behind. */
final class HttpServerHarness implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  static final long HOT_BYTES = 256L << 20;
  private static final long PAGE_CACHE_BYTES = 1L << 30;

  final CountedBuffers buffers = new CountedBuffers();
  final FakeOrigin origin = new FakeOrigin(buffers.allocator());
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final NodeEndpoints self;
  final PieceCache cache;
  final HttpServer server;
  final HttpClient client = HttpClient.newHttpClient();

  private final SegmentPieceStore store;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Catalogue catalogue = new Catalogue();
  private final List<TestContent> contents = new ArrayList<>();
  private final List<String> ingesting = new ArrayList<>();
  private final int tlsPort;

  HttpServerHarness(Path directory, HttpLimits limits, long hotBytes) throws IOException {
    this(directory, limits, hotBytes, PAGE_CACHE_BYTES, null);
  }

  /** Where the kernel is taken to keep this much of the store in memory. */
  HttpServerHarness(Path directory, HttpLimits limits, long hotBytes, long pageCacheBytes)
      throws IOException {
    this(directory, limits, hotBytes, pageCacheBytes, null);
  }

  /** Answers over TLS too, at a port of its own, where there is a certificate (borrowed). */
  HttpServerHarness(Path directory, HttpLimits limits, long hotBytes, @Nullable ServerTls tls)
      throws IOException {
    this(directory, limits, hotBytes, PAGE_CACHE_BYTES, tls);
  }

  private HttpServerHarness(
      Path directory,
      HttpLimits limits,
      long hotBytes,
      long pageCacheBytes,
      @Nullable ServerTls tls)
      throws IOException {
    store =
        SegmentPieceStore.open(
            directory,
            1L << 30,
            pageCacheBytes,
            buffers.allocator(),
            System::nanoTime,
            new StoreMetrics(new SimpleMeterRegistry()));
    cache =
        new PieceCache(
            store,
            origin,
            Executors.newFixedThreadPool(2),
            Executors.newSingleThreadExecutor(),
            timer,
            new CacheMetrics(meters),
            CacheLimits.around(hotBytes),
            System::nanoTime);
    server = HttpServer.bind(new ListenAddress("127.0.0.1", 0), limits, 2, meters);
    tlsPort = tls == null ? 0 : server.bindTls(new ListenAddress("127.0.0.1", 0), tls).getPort();
    int port = server.address().getPort();
    self =
        new NodeEndpoints(
            "self",
            "http://127.0.0.1:" + port,
            "127.0.0.1:6881",
            "udp://127.0.0.1:6969",
            "http://127.0.0.1:7072");
    Tracker tracker =
        new Tracker(
            catalogue,
            TrackerLimits.defaults(),
            System::nanoTime,
            new Random(1),
            meters,
            (content, peer) -> {});
    server.start(catalogue, cache, tracker, self, new Random(1));
  }

  /** The usual limits with short timeouts. */
  static HttpLimits impatient() {
    HttpLimits usual = HttpLimits.defaults();
    return new HttpLimits(
        usual.connections(),
        usual.backlog(),
        usual.headerBytes(),
        usual.headers(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        usual.sendBuffers());
  }

  /** Where it answers over TLS, 0 where it does not. */
  int tlsPort() {
    return tlsPort;
  }

  String https() {
    return "https://127.0.0.1:" + tlsPort;
  }

  /** Registers a content, under the ordinal that the store gives it. */
  void serve(TestContent content) {
    contents.add(content);
    origin.add(content);
    register();
  }

  void ingest(String contentId) {
    ingesting.add(contentId);
    register();
  }

  private void register() {
    List<AssignedContent> assigned = new ArrayList<>();
    for (TestContent content : contents) {
      InfoHash v1 = content.metainfo().infoHash();
      InfoHashV2 v2 = content.metainfo().infoHashV2();
      assigned.add(
          new AssignedContent(
              content.id(),
              1,
              true,
              v1 == null ? null : v1.toHex(),
              v2 == null ? null : v2.toHex(),
              List.of("other", "self"),
              "http://127.0.0.1:1"));
    }
    ingesting.forEach(
        id -> assigned.add(new AssignedContent(id, 1, false, null, null, List.of(), "http://x")));
    NodeEndpoints other =
        new NodeEndpoints(
            "other", "http://10.0.0.2:8080", "10.0.0.2:6881", "udp://10.0.0.2:6969", "http://x");
    catalogue.replace(
        CatalogueSnapshot.of(
            "self",
            new Assignment(1, assigned, List.of(other, self)),
            want ->
                contents.stream()
                    .filter(content -> content.id().equals(want.contentId()))
                    .findFirst()
                    .orElseThrow()
                    .metainfo(),
            (want, infoHash) -> store.ordinalOf(want.contentId(), want.contentVersion(), infoHash),
            want -> store.ordinalsOf(want.contentId(), want.contentVersion())));
    Set<Long> ordinals = catalogue.snapshot().ordinals();
    cache.retain(ordinals, ordinals);
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(self.http() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A connection that has sent these bytes. */
  Socket connect(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** The status line and all that follows until the server closes. */
  String exchange(String request) throws IOException {
    try (Socket socket = connect(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Waits for the count of bytes, which follows the bytes. */
  void awaitContentBytesSent(long bytes) {
    Await.until(bytes + " bytes are counted", () -> server.contentBytesSent() >= bytes);
    if (server.contentBytesSent() != bytes) {
      throw new AssertionError(server.contentBytesSent() + " bytes counted, not " + bytes);
    }
  }

  boolean isStored(TestContent content) {
    var ready = (Catalogue.Lookup.Ready) catalogue.byId(content.id());
    return cache.stored(ready.content().cached()).cardinality() == content.pieces();
  }

  @Override
  public void close() {
    server.close();
    cache.close();
    timer.shutdownNow();
    store.close();
  }
}
