package io.weir.loadtest.stack;

import io.weir.control.ControlPlaneConfig;
import io.weir.edge.EdgeConfig;
import io.weir.loadtest.stack.StackState.EdgePorts;
import io.weir.origin.OriginAdapterConfig;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each role of a stack is configured to, ports known. The same directory gives the same layout
 * however its roles are run.
 *
 * @param dir the stack's
 * @param hotTier what each edge holds in memory
 * @param tls what each edge shows on an HTTPS listener, null for none of either
 * @param state ports, and what the adapter may read
 * @param adminTokenFile made where it was missing
 * @param nodeCredentialFile made where it was missing
 */
record StackLayout(
    Path dir,
    DataSize hotTier,
    EdgeConfig.@Nullable Tls tls,
    StackState state,
    Path adminTokenFile,
    Path nodeCredentialFile) {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Makes the directory and the credentials where they are missing. */
  static StackLayout of(StackPlan plan) throws IOException {
    Files.createDirectories(plan.dir());
    SecureRandom random = new SecureRandom();
    return new StackLayout(
        plan.dir(),
        plan.hotTier(),
        plan.tls(),
        StackState.wanted(plan, new FreePorts(plan.host(), random)),
        Secrets.file(plan.dir(), "admin-token", random),
        Secrets.file(plan.dir(), "node-credential", random));
  }

  OriginAdapterConfig originAdapter() {
    OriginAdapterConfig defaults = OriginAdapterConfig.defaults();
    return new OriginAdapterConfig(
        listen(state.originAdapterPort()),
        dir.resolve(Stack.ORIGIN_ADAPTER),
        nodeCredentialFile,
        new OriginAdapterConfig.Origins(
            state.originHosts(), state.originRoots().stream().map(Path::of).toList(), true),
        defaults.spool(),
        defaults.torrentFormat(),
        defaults.shutdownGrace());
  }

  ControlPlaneConfig controlPlane() {
    ControlPlaneConfig defaults = ControlPlaneConfig.defaults();
    return new ControlPlaneConfig(
        listen(state.controlPlanePort()),
        dir.resolve(Stack.CONTROL_PLANE),
        adminTokenFile,
        nodeCredentialFile,
        List.of(url(originAdapter().listen())),
        defaults.replicas(),
        defaults.shutdownGrace());
  }

  List<EdgeConfig> edges() {
    List<EdgeConfig> edges = new ArrayList<>();
    for (EdgePorts ports : state.edges()) {
      edges.add(edge("edge-" + (edges.size() + 1), ports));
    }
    return edges;
  }

  private EdgeConfig edge(String id, EdgePorts ports) {
    EdgeConfig defaults = EdgeConfig.defaults();
    return new EdgeConfig(
        id,
        dir.resolve(id),
        state.host(),
        new EdgeConfig.Listen(
            listen(ports.http()),
            tls == null || ports.https() == null ? null : listen(ports.https()),
            listen(ports.peer()),
            listen(ports.udpTracker()),
            listen(ports.admin())),
        tls == null ? defaults.tls() : tls,
        new EdgeConfig.ControlPlane(url(controlPlane().listen()), nodeCredentialFile, HEARTBEAT),
        defaults.store(),
        new EdgeConfig.HotTier(hotTier),
        defaults.shutdownGrace());
  }

  StackAddresses addresses() throws IOException {
    List<NodeEndpoints> endpoints = new ArrayList<>();
    Map<String, String> https = new HashMap<>();
    for (EdgeConfig edge : edges()) {
      endpoints.add(endpoints(edge));
      ListenAddress secure = edge.listen().https();
      if (secure != null) {
        https.put(edge.nodeId(), "https://" + secure);
      }
    }
    return new StackAddresses(
        url(controlPlane().listen()),
        Files.readString(adminTokenFile).strip(),
        url(originAdapter().listen()),
        endpoints,
        https);
  }

  /** What the edge itself will say: its advertised host, but its own address for the operator. */
  private static NodeEndpoints endpoints(EdgeConfig edge) throws IOException {
    EdgeConfig.Listen listen = edge.listen();
    ListenAddress admin = listen.admin();
    return new NodeEndpoints(
        edge.nodeId(),
        url(listen.http()),
        listen.peer().toString(),
        "udp://" + listen.udpTracker(),
        url(
            admin.isLoopback()
                ? new ListenAddress(
                    InetAddress.getByName(admin.host()).getHostAddress(), admin.port())
                : admin));
  }

  private ListenAddress listen(int port) {
    return new ListenAddress(state.host(), port);
  }

  private static String url(ListenAddress address) {
    return "http://" + address;
  }
}
