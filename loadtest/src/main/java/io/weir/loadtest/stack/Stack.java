package io.weir.loadtest.stack;

import io.weir.control.ControlPlane;
import io.weir.control.ControlPlaneConfig;
import io.weir.edge.EdgeConfig;
import io.weir.edge.EdgeNode;
import io.weir.loadtest.stack.StackState.EdgePorts;
import io.weir.origin.OriginAdapter;
import io.weir.origin.OriginAdapterConfig;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One origin adapter, one control plane and some edges in this JVM, each with its own directory,
 * listeners and credentials, meeting over sockets only.
 *
 * <p>Start and close from one thread. A start that fails closes what had started.
 */
public final class Stack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stack.class);
  private static final DataSize HOT_TIER = DataSize.ofMebibytes(128);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final List<AutoCloseable> started = new ArrayList<>();
  private final List<EdgeNode> edges = new ArrayList<>();
  private final OriginAdapter originAdapter;
  private final ControlPlane controlPlane;
  private final String adminToken;

  private Stack(StackPlan plan) throws IOException {
    Files.createDirectories(plan.dir());
    SecureRandom random = new SecureRandom();
    Path adminTokenFile = Secrets.file(plan.dir(), "admin-token", random);
    Path nodeCredentialFile = Secrets.file(plan.dir(), "node-credential", random);
    adminToken = Files.readString(adminTokenFile).strip();
    StackState wanted = wanted(plan, StackState.read(plan.dir()));
    try {
      originAdapter = own(OriginAdapter.start(adapterConfig(plan, wanted, nodeCredentialFile)));
      controlPlane =
          own(
              ControlPlane.start(
                  new ControlPlaneConfig(
                      new ListenAddress(plan.host(), wanted.controlPlanePort()),
                      plan.dir().resolve("control-plane"),
                      adminTokenFile,
                      nodeCredentialFile,
                      List.of(originAdapter.url()),
                      ControlPlaneConfig.defaults().replicas())));
      for (int i = 0; i < wanted.edges().size(); i++) {
        edges.add(
            own(EdgeNode.start(edgeConfig(plan, i, wanted.edges().get(i), nodeCredentialFile))));
      }
      bound(wanted).write(plan.dir());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything; returns once every listener is bound.
   *
   * @throws IOException naming what could not be bound or opened
   */
  public static Stack start(StackPlan plan) throws IOException {
    return new Stack(plan);
  }

  /** Base URL of the control plane. */
  public String controlPlaneUrl() {
    return controlPlane.url();
  }

  /** The operator's token. */
  public String adminToken() {
    return adminToken;
  }

  /** Base URL of the origin adapter. */
  public String originAdapterUrl() {
    return originAdapter.url();
  }

  /** The edges, in order of their ids; the stack closes them. */
  public List<EdgeNode> edges() {
    return Collections.unmodifiableList(edges);
  }

  @Override
  public void close() {
    List<AutoCloseable> reversed = new ArrayList<>(started);
    Collections.reverse(reversed);
    started.clear();
    for (AutoCloseable role : reversed) {
      try {
        role.close();
      } catch (Exception e) {
        // The others are to be closed all the same, and a start's own failure is to be heard.
        log.error("role did not close role={}", role.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T own(T role) {
    started.add(role);
    return role;
  }

  /** The ports to ask for: the remembered ones, and for what is new the documented or any. */
  private static StackState wanted(StackPlan plan, Optional<StackState> remembered) {
    String host = plan.host();
    List<EdgePorts> edgePorts = new ArrayList<>();
    Set<String> hosts = new LinkedHashSet<>(List.of("127.0.0.1", "localhost", "[::1]", host));
    Set<String> roots = new LinkedHashSet<>();
    remembered.ifPresent(
        state -> {
          edgePorts.addAll(state.edges());
          hosts.addAll(state.originHosts());
          roots.addAll(state.originRoots());
        });
    hosts.addAll(plan.originHosts());
    plan.originRoots().forEach(root -> roots.add(root.toString()));
    boolean first = edgePorts.isEmpty();
    while (edgePorts.size() < plan.edges()) {
      edgePorts.add(
          plan.defaultPorts() && edgePorts.isEmpty() ? documentedEdgePorts(host) : EdgePorts.ANY);
    }
    boolean documented = first && plan.defaultPorts();
    return new StackState(
        host,
        remembered
            .map(StackState::controlPlanePort)
            .orElseGet(
                () ->
                    documented
                        ? FreePort.tcp(host, ControlPlaneConfig.defaults().listen().port())
                        : 0),
        remembered
            .map(StackState::originAdapterPort)
            .orElseGet(
                () ->
                    documented
                        ? FreePort.tcp(host, OriginAdapterConfig.defaults().listen().port())
                        : 0),
        edgePorts,
        List.copyOf(hosts),
        List.copyOf(roots));
  }

  private static EdgePorts documentedEdgePorts(String host) {
    EdgeConfig.Listen listen = EdgeConfig.defaults().listen();
    return new EdgePorts(
        FreePort.tcp(host, listen.http().port()),
        FreePort.both(host, listen.peer().port()),
        FreePort.udp(host, listen.udpTracker().port()),
        FreePort.tcp(host, listen.admin().port()));
  }

  private static OriginAdapterConfig adapterConfig(
      StackPlan plan, StackState wanted, Path credentialFile) {
    return new OriginAdapterConfig(
        new ListenAddress(plan.host(), wanted.originAdapterPort()),
        plan.dir().resolve("origin-adapter"),
        credentialFile,
        new OriginAdapterConfig.Origins(
            wanted.originHosts(), wanted.originRoots().stream().map(Path::of).toList(), true),
        OriginAdapterConfig.defaults().spool(),
        OriginAdapterConfig.defaults().torrentFormat());
  }

  private EdgeConfig edgeConfig(StackPlan plan, int index, EdgePorts ports, Path credentialFile) {
    String id = "edge-" + (index + 1);
    String host = plan.host();
    return new EdgeConfig(
        id,
        plan.dir().resolve(id),
        host,
        new EdgeConfig.Listen(
            new ListenAddress(host, ports.http()),
            new ListenAddress(host, ports.peer()),
            new ListenAddress(host, ports.udpTracker()),
            new ListenAddress(host, ports.admin())),
        new EdgeConfig.ControlPlane(controlPlane.url(), credentialFile, HEARTBEAT),
        EdgeConfig.defaults().store(),
        new EdgeConfig.HotTier(HOT_TIER));
  }

  private StackState bound(StackState wanted) {
    return new StackState(
        wanted.host(),
        URI.create(controlPlane.url()).getPort(),
        URI.create(originAdapter.url()).getPort(),
        edges.stream().map(EdgeNode::endpoints).map(Stack::portsOf).toList(),
        wanted.originHosts(),
        wanted.originRoots());
  }

  private static EdgePorts portsOf(NodeEndpoints endpoints) {
    return new EdgePorts(
        URI.create(endpoints.http()).getPort(),
        URI.create("tcp://" + endpoints.peer()).getPort(),
        URI.create(endpoints.udpTracker()).getPort(),
        URI.create(endpoints.admin()).getPort());
  }
}
