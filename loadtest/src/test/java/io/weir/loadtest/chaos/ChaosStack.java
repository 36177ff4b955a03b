package io.weir.loadtest.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.ControlPlaneMain;
import io.weir.edge.EdgeMain;
import io.weir.loadtest.clients.UpProcess;
import io.weir.origin.OriginAdapterMain;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A stack of killable processes, and an operator who asks until somebody answers. */
final class ChaosStack implements AutoCloseable {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 100;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CALL_TIMEOUT).build();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final UpProcess up;
  private final Role originAdapter;
  private final Role controlPlane;
  private final List<Role> edges = new ArrayList<>();

  ChaosStack(Path dir) throws IOException {
    up = UpProcess.start(dir, "--separate");
    JsonNode ready = up.ready();
    originAdapter =
        new Role("origin-adapter", OriginAdapterMain.class, ready.get("originAdapter"), faults);
    controlPlane =
        new Role("control-plane", ControlPlaneMain.class, ready.get("controlPlane"), faults);
    for (JsonNode edge : ready.get("edges")) {
      edges.add(new Role(edge.get("id").asText(), EdgeMain.class, edge, faults));
    }
  }

  Role originAdapter() {
    return originAdapter;
  }

  Role controlPlane() {
    return controlPlane;
  }

  List<Role> edges() {
    return edges;
  }

  List<Role> roles() {
    List<Role> all = new ArrayList<>(edges);
    all.add(originAdapter);
    all.add(controlPlane);
    return all;
  }

  /** What roles said that ended of their own accord. */
  Queue<String> faults() {
    return faults;
  }

  /** Peer endpoints of the edges. */
  List<String> peers() {
    List<String> peers = new ArrayList<>();
    up.ready().get("edges").forEach(edge -> peers.add(edge.get("peer").asText()));
    return peers;
  }

  /** Registers a content with this body, again until a control plane takes it. */
  void publish(String id, String body, long deadlineNanos) throws Exception {
    String unused = call("PUT", "/v1/contents/" + id, body, taken -> true, deadlineNanos);
  }

  /** The content once it is ready. */
  JsonNode awaitReady(String id, long deadlineNanos) throws Exception {
    return Json.MAPPER.readTree(
        call("GET", "/v1/contents/" + id, "", ChaosStack::isReady, deadlineNanos));
  }

  /** Waits until every edge says that it has stored every piece. */
  void awaitStored(String id, long deadlineNanos) throws Exception {
    String unused = call("GET", "/v1/contents/" + id, "", ChaosStack::isStored, deadlineNanos);
  }

  /** The .torrent's bytes. */
  byte[] torrent(String id, long deadlineNanos) throws Exception {
    return call("GET", "/v1/contents/" + id + "/torrent", "", taken -> true, deadlineNanos)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isReady(String content) {
    JsonNode view = parse(content);
    if (view.get("state").asText().equals("failed")) {
      throw new AssertionError("ingest failed: " + content);
    }
    return view.get("state").asText().equals("ready");
  }

  private static boolean isStored(String content) {
    for (JsonNode replica : parse(content).get("replicas")) {
      if (replica.get("pieces").asInt() == 0
          || replica.get("piecesHeld").asInt() < replica.get("pieces").asInt()) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  private String call(
      String method, String path, String body, Predicate<String> done, long deadlineNanos)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(up.ready().at("/controlPlane/url").asText() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + up.ready().at("/controlPlane/token").asText())
            .header("Content-Type", "application/json")
            .timeout(CALL_TIMEOUT)
            .build();
    String last;
    do {
      try {
        HttpResponse<String> answer =
            http.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() / 100 == 2 && done.test(answer.body())) {
          return answer.body();
        }
        if (answer.statusCode() / 100 == 4) {
          throw new AssertionError(method + " " + path + ": " + last);
        }
      } catch (IOException e) {
        last = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } while (System.nanoTime() < deadlineNanos);
    throw new AssertionError(method + " " + path + " still: " + last);
  }

  @Override
  public void close() throws Exception {
    for (Role role : roles()) {
      role.kill();
    }
    up.close();
  }
}
