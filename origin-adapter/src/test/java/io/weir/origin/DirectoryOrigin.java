package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A publisher's origin with a directory of objects below {@code /dir/}, each with its ETag. */
final class DirectoryOrigin implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final String ROOT = "/dir/";

  /** By decoded path. */
  final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

  private final Map<String, String> etags = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> gets = new ConcurrentHashMap<>();

  /** Requests that are answered 404. */
  volatile Predicate<Request> failing = request -> false;

  /** Bytes instead of an object's, under its own ETag. */
  final Map<String, byte[]> lies = new ConcurrentHashMap<>();

  volatile boolean validators = true;
  volatile boolean ranges = true;
  private final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .containerThreads(40)
              .disableRequestJournal()
              .extensions(new Script()));

  DirectoryOrigin() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("directory")));
  }

  DirectoryOrigin with(String path, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    new Random(path.hashCode()).nextBytes(bytes);
    files.put(path, bytes);
    return this;
  }

  void etag(String path, String etag) {
    etags.put(path, etag);
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + ROOT;
  }

  /** Asks for all files, under this name. */
  IngestRequest request(String name) {
    return new IngestRequest(
        OriginLocation.ofFiles(url(), List.copyOf(files.keySet())), name, null);
  }

  /** GETs of one object since the last {@link #forgetRequests}. */
  int gets(String path) {
    AtomicInteger count = gets.get(path);
    return count == null ? 0 : count.get();
  }

  int gets() {
    return gets.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  void forgetRequests() {
    gets.clear();
  }

  /** What the pieces of a torrent of these files are, one after the other. */
  byte[] concatenation(Metainfo metainfo) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (TorrentFile file : metainfo.files()) {
      byte[] bytes =
          file.padding()
              ? new byte[(int) file.lengthBytes()]
              : files.get(String.join("/", file.path()));
      all.writeBytes(bytes == null ? new byte[0] : bytes);
    }
    return all.toByteArray();
  }

  @Override
  public void close() {
    server.stop();
  }

  private ResponseDefinitionBuilder answer(Request request) {
    String path = URI.create(request.getUrl()).getPath().substring(ROOT.length());
    if (request.getMethod().equals(RequestMethod.GET)) {
      gets.computeIfAbsent(path, unused -> new AtomicInteger()).incrementAndGet();
    }
    byte[] bytes = files.get(path);
    if (bytes == null || failing.test(request)) {
      return aResponse().withStatus(404);
    }
    String etag = etags.getOrDefault(path, "\"v1\"");
    ResponseDefinitionBuilder response = aResponse();
    if (validators) {
      response.withHeader("ETag", etag);
    }
    if (request.getMethod().equals(RequestMethod.HEAD)) {
      return response.withHeader("Content-Length", Integer.toString(bytes.length));
    }
    String condition = request.getHeader("If-Match");
    if (condition != null && !condition.equals(etag)) {
      return response.withStatus(412);
    }
    byte[] sent = lies.getOrDefault(path, bytes);
    Matcher range = RANGE.matcher(String.valueOf(request.getHeader("Range")));
    if (!ranges || !range.matches()) {
      return response.withBody(sent);
    }
    int first = Integer.parseInt(range.group(1));
    int end = Integer.parseInt(range.group(2)) + 1;
    return response
        .withStatus(206)
        .withHeader("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + bytes.length)
        .withBody(Arrays.copyOfRange(sent, first, end));
  }

  private final class Script implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer(event.getRequest()).build();
    }

    @Override
    public String getName() {
      return "directory";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }
  }
}
