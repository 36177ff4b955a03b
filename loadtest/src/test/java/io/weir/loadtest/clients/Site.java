package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.ControlPlaneMain;
import io.weir.edge.EdgeMain;
import io.weir.origin.OriginAdapterMain;
import io.weir.protocol.control.Json;
import io.weir.protocol.metainfo.Metainfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A control plane, an origin adapter and edges as an operator runs them: each a process with a
 * configuration file, a log and a data directory of its own, which a test may stop or kill alone.
 */
final class Site implements AutoCloseable {
  private static final String ADMIN_TOKEN = "the-operator-of-a-test-only-0123456789";
  private static final String CREDENTIAL = "the-nodes-of-a-test-only-0123456789abc";
  private static final String LOCAL = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final Network network;
  private final AutoCloseable ownedNetwork;
  private final Curl curl;
  private final Role controlPlane;
  private final Role adapter;
  private final int adapterPort;
  private final String controlPlaneUrl;
  private final List<Role> edges = new ArrayList<>();
  private SitePlan plan;

  /** In a network of its own, which ends with it; every configuration is written, none started. */
  static Site inNamespace(Path folder, SitePlan plan) throws IOException {
    NetworkNamespace network = NetworkNamespace.open();
    return new Site(folder, network, network, plan);
  }

  /** On this machine's loopback, where the test's own JVM can reach it. */
  static Site onLoopback(Path folder, SitePlan plan) throws IOException {
    return new Site(folder, new Loopback(), () -> {}, plan);
  }

  private Site(Path folder, Network network, AutoCloseable ownedNetwork, SitePlan plan)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.network = network;
    this.ownedNetwork = ownedNetwork;
    this.plan = plan;
    curl = new Curl(network);
    secret("admin-token", ADMIN_TOKEN);
    secret("node-credential", CREDENTIAL);
    int controlPlanePort = network.port(7070);
    adapterPort = network.port(7071);
    controlPlaneUrl = "http://" + LOCAL + ":" + controlPlanePort;
    String adapterUrl = "http://" + LOCAL + ":" + adapterPort;
    adapter = new Role("adapter", OriginAdapterMain.class, folder, network, adapterUrl);
    adapter.configure(adapterYaml());
    controlPlane =
        new Role("control-plane", ControlPlaneMain.class, folder, network, controlPlaneUrl);
    controlPlane.configure(controlPlaneYaml(controlPlanePort, adapterUrl));
    for (int number = 1; number <= plan.edges(); number++) {
      int adminPort = network.port(7100 + number);
      Role edge =
          new Role(
              "edge-" + number,
              EdgeMain.class,
              folder,
              network,
              "http://" + LOCAL + ":" + adminPort);
      edge.configure(edgeYaml(number, adminPort));
      edges.add(edge);
    }
  }

  private void secret(String name, String value) throws IOException {
    Path file = Files.writeString(folder.resolve(name), value + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String adapterYaml() {
    return """
        listen: %s:%d
        data-dir: %s/adapter
        credential-file: %s/node-credential
        origins:
          hosts: ["%s"]
          private-addresses: true
        spool:
          capacity: %s
        torrent-format: %s
        """
        .formatted(
            LOCAL,
            adapterPort,
            folder,
            folder,
            network.edgeAddress(),
            plan.spoolCapacity(),
            plan.torrentFormat());
  }

  private String controlPlaneYaml(int port, String adapterUrl) {
    return """
        listen: %s:%d
        data-dir: %s/control-plane
        admin-token-file: %s/admin-token
        node-credential-file: %s/node-credential
        origin-adapters: ["%s"]
        replicas: %d
        """
        .formatted(LOCAL, port, folder, folder, folder, adapterUrl, plan.edges());
  }

  private String edgeYaml(int number, int adminPort) {
    String host = network.edgeAddress();
    return """
        node-id: edge-%d
        data-dir: %s
        listen:
          http: %s:%d
          peer: %s:%d
          udp-tracker: %s:%d
          admin: %s:%d
        control-plane:
          url: %s
          credential-file: %s/node-credential
          heartbeat: 1s
        store:
          capacity: %s
        hot-tier:
          capacity: %s
        """
        .formatted(
            number,
            edgeDataDir(number),
            host,
            network.port(8080 + number),
            host,
            network.port(6881 + number),
            host,
            network.port(6969 + number),
            LOCAL,
            adminPort,
            controlPlaneUrl,
            folder,
            plan.storeCapacity(),
            plan.hotTierCapacity());
  }

  /** Everything an edge keeps; edges are counted from 1. */
  Path edgeDataDir(int number) {
    return folder.resolve("edge-" + number + "-data");
  }

  /** Starts every process, and returns when every edge is registered. */
  void start() throws Exception {
    adapter.start();
    controlPlane.start();
    for (Role edge : edges) {
      edge.start();
    }
    Await.until(
        PATIENCE,
        () -> api("/v1/nodes").at("/items").size() == edges.size(),
        () -> "an edge has not registered");
  }

  Role controlPlane() {
    return controlPlane;
  }

  Role adapter() {
    return adapter;
  }

  /** Gives the adapter's torrents another format, by a restart. */
  void restartAdapterWithTorrentFormat(String format) throws Exception {
    plan = plan.withTorrentFormat(format);
    adapter.stop();
    adapter.configure(adapterYaml());
    adapter.start();
  }

  List<Role> edges() {
    return List.copyOf(edges);
  }

  Role edge() {
    return edges.get(0);
  }

  /** Registers the object at a URL; it need not be ready when this returns. */
  void register(String id, String originUrl) throws Exception {
    register(id, Map.of("origin", Map.of("url", originUrl)));
  }

  /** Registers a content; it need not be ready when this returns. */
  void register(String id, Map<String, ?> body) throws Exception {
    Curl.Answer answer =
        curl.send(
            controlPlaneUrl + "/v1/contents/" + id,
            Json.MAPPER.writeValueAsBytes(body),
            "--request",
            "PUT",
            "--header",
            "Authorization: Bearer " + ADMIN_TOKEN,
            "--header",
            "Content-Type: application/json",
            "--data-binary",
            "@-");
    assertEquals(202, answer.status(), answer::text);
  }

  /** Waits until a content is ready, and every edge knows it. */
  JsonNode awaitServed(String id) throws Exception {
    Await.until(
        PATIENCE,
        () -> {
          JsonNode content = content(id);
          assertEquals("", content.at("/failure").asText(""), id + " failed");
          return content.at("/state").asText().equals("ready");
        },
        () -> id + " is not ready: " + adapter.log());
    JsonNode content = content(id);
    for (JsonNode url : content.at("/http")) {
      Await.until(
          PATIENCE,
          () -> curl.get(url.asText(), "--head").status() == 200,
          () -> url + " is not served");
    }
    return content;
  }

  /** Registers the object at a URL, and waits until it is served. */
  JsonNode publish(String id, String originUrl) throws Exception {
    register(id, originUrl);
    return awaitServed(id);
  }

  /** Waits until every edge has verified and stored every piece of a content. */
  void awaitHeld(String id) throws Exception {
    Await.until(
        PATIENCE,
        () ->
            StreamSupport.stream(content(id).at("/replicas").spliterator(), false)
                    .filter(Site::isWhole)
                    .count()
                == edges.size(),
        () -> id + " is not held by every edge");
  }

  private static boolean isWhole(JsonNode replica) {
    int pieces = replica.at("/pieces").asInt();
    return pieces > 0 && replica.at("/piecesHeld").asInt() == pieces;
  }

  /** A content as the API tells it. */
  JsonNode content(String id) throws Exception {
    return api("/v1/contents/" + id);
  }

  /** The .torrent, as the API gives it. */
  byte[] torrent(String id) throws Exception {
    Curl.Answer answer = authorized("/v1/contents/" + id + "/torrent");
    assertEquals(200, answer.status(), answer::text);
    return answer.body();
  }

  /** The same with trackers alone, so that every byte has to come by the wire. */
  Path torrentWithoutWebSeeds(String id) throws Exception {
    Metainfo metainfo = Metainfo.parse(torrent(id));
    List<String> trackers = new ArrayList<>();
    for (int number = 1; number <= edges.size(); number++) {
      trackers.add(trackerUrl(number));
    }
    byte[] torrent = metainfo.toTorrent(List.of(trackers), List.of());
    return Files.write(folder.resolve(id + "-wire-only.torrent"), torrent);
  }

  /** Where the edges' peer wires listen. */
  Set<InetSocketAddress> peerAddresses() throws Exception {
    Set<InetSocketAddress> addresses = new HashSet<>();
    for (JsonNode node : api("/v1/nodes").at("/items")) {
      URI peer = URI.create("tcp://" + node.at("/endpoints/peer").asText());
      addresses.add(new InetSocketAddress(peer.getHost(), peer.getPort()));
    }
    return addresses;
  }

  private String trackerUrl(int number) throws Exception {
    return api("/v1/nodes/edge-" + number).at("/endpoints/udpTracker").asText();
  }

  private JsonNode api(String path) throws Exception {
    Curl.Answer answer = authorized(path);
    assertEquals(200, answer.status(), answer::text);
    return Json.MAPPER.readTree(answer.body());
  }

  private Curl.Answer authorized(String path) throws Exception {
    return curl.get(controlPlaneUrl + path, "--header", "Authorization: Bearer " + ADMIN_TOKEN);
  }

  /** Where it is. */
  Network network() {
    return network;
  }

  /** curl, in the site's network. */
  Curl curl() {
    return curl;
  }

  @Override
  public void close() throws Exception {
    edges.forEach(Role::close);
    controlPlane.close();
    adapter.close();
    ownedNetwork.close();
  }
}
