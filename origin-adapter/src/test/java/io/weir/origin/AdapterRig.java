package io.weir.origin;

import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.Json;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An adapter in a directory, and a client that holds its credential. */
final class AdapterRig implements AutoCloseable {
  static final String CREDENTIAL = "node-secret";

  final Path dataDir;
  private final HttpClient client = HttpClient.newHttpClient();
  private OriginAdapterConfig config;
  private OriginAdapter adapter;

  AdapterRig(Path directory) throws IOException {
    dataDir = directory.resolve("data");
    Path credential = Files.writeString(directory.resolve("credential"), CREDENTIAL + "\n");
    config =
        new OriginAdapterConfig(
            new ListenAddress("127.0.0.1", 0),
            dataDir,
            credential,
            new OriginAdapterConfig.Origins(List.of("127.0.0.1"), List.of(), true),
            new OriginAdapterConfig.Spool(DataSize.ofMebibytes(100)),
            TorrentFormat.V1,
            Duration.ofSeconds(1));
  }

  AdapterRig withSpool(long bytes) {
    config =
        new OriginAdapterConfig(
            config.listen(),
            dataDir,
            config.credentialFile(),
            config.origins(),
            new OriginAdapterConfig.Spool(new DataSize(bytes)),
            config.torrentFormat(),
            config.shutdownGrace());
    return this;
  }

  AdapterRig withFormat(TorrentFormat format) {
    config =
        new OriginAdapterConfig(
            config.listen(),
            dataDir,
            config.credentialFile(),
            config.origins(),
            config.spool(),
            format,
            config.shutdownGrace());
    return this;
  }

  AdapterRig revalidatingEvery(Duration interval) {
    OriginAdapterConfig.Origins origins = config.origins();
    return withOrigins(
        new OriginAdapterConfig.Origins(
            origins.hosts(),
            origins.roots(),
            origins.privateAddresses(),
            interval,
            origins.credentials(),
            origins.connectionsPerHost(),
            origins.minimumRate()));
  }

  AdapterRig withOrigins(OriginAdapterConfig.Origins origins) {
    config =
        new OriginAdapterConfig(
            config.listen(),
            dataDir,
            config.credentialFile(),
            origins,
            config.spool(),
            config.torrentFormat(),
            config.shutdownGrace());
    return this;
  }

  AdapterRig listening(ListenAddress listen) {
    config =
        new OriginAdapterConfig(
            listen,
            dataDir,
            config.credentialFile(),
            config.origins(),
            config.spool(),
            config.torrentFormat(),
            config.shutdownGrace());
    return this;
  }

  AdapterRig start() throws IOException {
    adapter = OriginAdapter.start(config);
    return this;
  }

  OriginAdapterConfig config() {
    return config;
  }

  void stop() {
    adapter.close();
  }

  @Override
  public void close() {
    if (adapter != null) {
      adapter.close();
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(adapter.url() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + CREDENTIAL);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<byte[]> send(String method, String path) throws Exception {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  HttpResponse<byte[]> put(String content, String originUrl) throws Exception {
    return put(content, IngestRequest.ofUrl(originUrl, "film.mp4"));
  }

  HttpResponse<byte[]> put(String content, IngestRequest body) throws Exception {
    BodyPublisher json = BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
    return send(request("/v1/ingests/" + content).PUT(json));
  }

  HttpResponse<byte[]> piece(String content, int piece) throws Exception {
    return get("/v1/pieces/" + content + "/" + piece);
  }

  /** All pieces of a content, one after the other. */
  byte[] pieces(String content) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Metainfo metainfo = metainfo(content);
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      HttpResponse<byte[]> answer = piece(content, piece);
      if (answer.statusCode() != 200) {
        throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
      }
      all.writeBytes(answer.body());
    }
    return all.toByteArray();
  }

  Metainfo metainfo(String content) throws Exception {
    return Metainfo.parse(get("/v1/ingests/" + content + "/metainfo").body());
  }

  /** The versions whose origin changed. */
  ChangedOrigins changed() throws Exception {
    return Json.MAPPER.readValue(get("/v1/changed").body(), ChangedOrigins.class);
  }

  /** Registers and waits for the end, whatever it is. */
  IngestStatus ingest(String content, String originUrl) throws Exception {
    return ingest(content, IngestRequest.ofUrl(originUrl, "film.mp4"));
  }

  /** Registers and waits for the end, whatever it is. */
  IngestStatus ingest(String content, IngestRequest request) throws Exception {
    HttpResponse<byte[]> answer = put(content, request);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return awaitEnd(content);
  }

  IngestStatus awaitEnd(String content) throws Exception {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < Duration.ofSeconds(30).toNanos()) {
      IngestStatus status = status(content);
      if (status.state() == IngestStatus.State.DONE
          || status.state() == IngestStatus.State.FAILED) {
        return status;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("ingest did not end: " + status(content));
  }

  IngestStatus status(String content) throws Exception {
    return Json.MAPPER.readValue(get("/v1/ingests/" + content).body(), IngestStatus.class);
  }

  /** One sample of /metrics, 0 where it is absent. */
  double metric(String sample) throws Exception {
    String text = new String(get("/metrics").body(), StandardCharsets.UTF_8);
    Matcher line =
        Pattern.compile("^" + Pattern.quote(sample) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
