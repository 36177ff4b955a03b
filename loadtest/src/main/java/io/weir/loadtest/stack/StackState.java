package io.weir.loadtest.stack;

import com.fasterxml.jackson.core.JacksonException;
import io.weir.control.ControlPlaneConfig;
import io.weir.edge.EdgeConfig;
import io.weir.loadtest.stack.FreePorts.Side;
import io.weir.origin.OriginAdapterConfig;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stack's directory remembers of how it was started, so that it comes back on the same
 * ports: {@code stack.json}, replaced whole.
 *
 * @param host the address bound
 * @param controlPlanePort TCP
 * @param originAdapterPort TCP
 * @param edges one entry an edge, in order of their ids
 * @param originHosts hosts that the adapter may read
 * @param originRoots directories that {@code file:} origins may lie in
 */
record StackState(
    String host,
    int controlPlanePort,
    int originAdapterPort,
    List<EdgePorts> edges,
    List<String> originHosts,
    List<String> originRoots) {
  private static final String FILE = "stack.json";

  /**
   * One edge's ports.
   *
   * @param http content over HTTP, TCP
   * @param https the same over TLS, TCP; null where it never was wanted
   * @param peer peer wire, TCP and UDP
   * @param udpTracker UDP
   * @param admin TCP
   */
  record EdgePorts(int http, @Nullable Integer https, int peer, int udpTracker, int admin) {
    private static EdgePorts documented(FreePorts free) throws IOException {
      EdgeConfig.Listen listen = EdgeConfig.defaults().listen();
      return new EdgePorts(
          free.preferably(listen.http().port(), Side.TCP),
          null,
          free.preferably(listen.peer().port(), Side.BOTH),
          free.preferably(listen.udpTracker().port(), Side.UDP),
          free.preferably(listen.admin().port(), Side.TCP));
    }

    private static EdgePorts any(FreePorts free) throws IOException {
      return new EdgePorts(
          free.any(Side.TCP), null, free.any(Side.BOTH), free.any(Side.UDP), free.any(Side.TCP));
    }

    private EdgePorts withHttps(FreePorts free) throws IOException {
      return https == null
          ? new EdgePorts(http, free.any(Side.TCP), peer, udpTracker, admin)
          : this;
    }
  }

  /** The remembered ports, and for what is new the documented ones or any. */
  static StackState wanted(StackPlan plan, FreePorts free) throws IOException {
    Optional<StackState> remembered = read(plan.dir());
    Set<String> hosts =
        new LinkedHashSet<>(List.of("127.0.0.1", "localhost", "[::1]", plan.host()));
    Set<String> roots = new LinkedHashSet<>();
    remembered.ifPresent(
        state -> {
          hosts.addAll(state.originHosts());
          roots.addAll(state.originRoots());
        });
    hosts.addAll(plan.originHosts());
    plan.originRoots().forEach(root -> roots.add(root.toString()));
    StackState ports = remembered.isPresent() ? remembered.get() : fresh(plan, free);
    List<EdgePorts> edges = new ArrayList<>(ports.edges());
    while (edges.size() < plan.edges()) {
      edges.add(EdgePorts.any(free));
    }
    if (plan.tls() != null) {
      for (int i = 0; i < edges.size(); i++) {
        edges.set(i, edges.get(i).withHttps(free));
      }
    }
    return new StackState(
        plan.host(),
        ports.controlPlanePort(),
        ports.originAdapterPort(),
        edges,
        List.copyOf(hosts),
        List.copyOf(roots));
  }

  private static StackState fresh(StackPlan plan, FreePorts free) throws IOException {
    boolean documented = plan.defaultPorts();
    return new StackState(
        plan.host(),
        documented
            ? free.preferably(ControlPlaneConfig.defaults().listen().port(), Side.TCP)
            : free.any(Side.TCP),
        documented
            ? free.preferably(OriginAdapterConfig.defaults().listen().port(), Side.TCP)
            : free.any(Side.TCP),
        List.of(documented ? EdgePorts.documented(free) : EdgePorts.any(free)),
        List.of(),
        List.of());
  }

  /** Says which port somebody else has, if somebody has. */
  Optional<String> takenPort(FreePorts free) {
    if (!free.isFree(controlPlanePort, Side.TCP)) {
      return Optional.of("port " + controlPlanePort + " of the control plane");
    }
    if (!free.isFree(originAdapterPort, Side.TCP)) {
      return Optional.of("port " + originAdapterPort + " of the origin adapter");
    }
    for (int i = 0; i < edges.size(); i++) {
      EdgePorts ports = edges.get(i);
      String of = " of edge-" + (i + 1);
      if (!free.isFree(ports.http(), Side.TCP)) {
        return Optional.of("HTTP port " + ports.http() + of);
      } else if (ports.https() != null && !free.isFree(ports.https(), Side.TCP)) {
        return Optional.of("HTTPS port " + ports.https() + of);
      } else if (!free.isFree(ports.peer(), Side.BOTH)) {
        return Optional.of("peer port " + ports.peer() + of);
      } else if (!free.isFree(ports.udpTracker(), Side.UDP)) {
        return Optional.of("UDP tracker port " + ports.udpTracker() + of);
      } else if (!free.isFree(ports.admin(), Side.TCP)) {
        return Optional.of("admin port " + ports.admin() + of);
      }
    }
    return Optional.empty();
  }

  /** Whether a stack was started in this directory before. */
  static boolean isIn(Path dir) {
    return Files.exists(dir.resolve(FILE));
  }

  /** What was left by an earlier start, if there was one. */
  private static Optional<StackState> read(Path dir) throws IOException {
    Path file = dir.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(file.toFile(), StackState.class));
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  void write(Path dir) throws IOException {
    String json = Json.MAPPER.writeValueAsString(this) + "\n";
    DurableFile.write(dir.resolve(FILE), json.getBytes(StandardCharsets.UTF_8));
  }
}
