package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A real control plane on a free port over a stubbed adapter, and a caller of its API. */
final class ControlPlaneFixture implements AutoCloseable {
  static final String ADMIN = "admin-token";
  static final String NODE = "node-credential";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final AdapterStub adapter = new AdapterStub();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ControlPlaneConfig config;
  private ControlPlane controlPlane;

  ControlPlaneFixture(Path dir) throws IOException {
    this(dir, new ListenAddress("127.0.0.1", 0));
  }

  ControlPlaneFixture(Path dir, ListenAddress listen) throws IOException {
    config =
        new ControlPlaneConfig(
            listen,
            dir.resolve("data"),
            Files.writeString(dir.resolve("admin"), ADMIN + "\n"),
            Files.writeString(dir.resolve("node"), NODE + "\n"),
            List.of(adapter.url()),
            2,
            Duration.ofSeconds(1));
    controlPlane = ControlPlane.start(config);
  }

  ControlPlaneConfig config() {
    return config;
  }

  String url() {
    return controlPlane.url();
  }

  void restart() throws IOException {
    controlPlane.close();
    controlPlane = ControlPlane.start(config);
  }

  /** Calls as the operator. */
  Answer admin(String method, String path, String... headers) throws Exception {
    return send(request(ADMIN, path).method(method, BodyPublishers.noBody()), headers);
  }

  /** Registers a content. */
  Answer publish(String id, String originUrl, String... headers) throws Exception {
    return put(id, "{\"origin\":{\"url\":\"" + originUrl + "\"}}", headers);
  }

  /** Registers a content of any shape. */
  Answer publish(String id, PublishRequest publication) throws Exception {
    return put(id, Json.MAPPER.writeValueAsString(publication));
  }

  /** Registers a content by a body of any kind. */
  Answer put(String id, String body, String... headers) throws Exception {
    return send(
        request(ADMIN, "/v1/contents/" + id)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)),
        headers);
  }

  /** What the snapshot says of each content now. */
  List<AssignedContent> assigned() throws Exception {
    Answer answer = node("GET", "/v1/nodes/edge-1/assignment", null);
    return Json.MAPPER.readValue(answer.bytes(), Assignment.class).contents();
  }

  /** Calls as a node, with a body if it is not null. */
  Answer node(String method, String path, Object body) throws Exception {
    return send(
        request(NODE, path)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body))));
  }

  void registerNode(String id, long capacityBytes) throws Exception {
    assertEquals(204, node("PUT", "/v1/nodes/" + id, registration(id, capacityBytes)).status());
  }

  static NodeRegistration registration(String id, long capacityBytes) {
    return new NodeRegistration(
        new NodeEndpoints(
            id,
            "http://" + id + ".example:8080",
            id + ".example:6881",
            "udp://" + id + ".example:6969",
            "http://" + id + ".example:7072"),
        capacityBytes,
        "test");
  }

  void heartbeat(String id, Holding... holdings) throws Exception {
    Heartbeat heartbeat = new Heartbeat(1, 4_096, List.of(holdings));
    assertEquals(204, node("POST", "/v1/nodes/" + id + "/heartbeat", heartbeat).status());
  }

  JsonNode content(String id) throws Exception {
    return admin("GET", "/v1/contents/" + id).json();
  }

  JsonNode awaitState(String id, String state) throws Exception {
    await(id + " is " + state, () -> content(id).path("state").asText().equals(state));
    return content(id);
  }

  /** Asks again and again, each time over the network, until it holds. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + PATIENCE + ": " + what);
      }
    }
  }

  HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request, String... headers) throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
  }

  @Override
  public void close() {
    controlPlane.close();
    adapter.close();
  }
}
