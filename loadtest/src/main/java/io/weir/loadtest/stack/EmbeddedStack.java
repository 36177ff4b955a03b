package io.weir.loadtest.stack;

import io.weir.control.ControlPlane;
import io.weir.edge.EdgeConfig;
import io.weir.edge.EdgeNode;
import io.weir.origin.OriginAdapter;
import io.weir.protocol.process.RunningProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stack in this very JVM. A start that fails closes what had started. */
public final class EmbeddedStack implements Stack {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedStack.class);

  private final StackAddresses addresses;
  private final List<RunningProcess> started = new ArrayList<>();
  private final List<EdgeNode> edges = new ArrayList<>();

  private EmbeddedStack(StackLayout layout) throws IOException {
    addresses = layout.addresses();
    try {
      started.add(OriginAdapter.start(layout.originAdapter()));
      started.add(ControlPlane.start(layout.controlPlane()));
      for (EdgeConfig config : layout.edges()) {
        EdgeNode edge = EdgeNode.start(config);
        started.add(edge);
        edges.add(edge);
      }
      layout.state().write(layout.dir());
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything; returns once every listener is bound.
   *
   * @throws IOException naming what could not be bound or opened
   */
  public static EmbeddedStack start(StackPlan plan) throws IOException {
    return PortsAtStart.start(plan, EmbeddedStack::new);
  }

  @Override
  public StackAddresses addresses() {
    return addresses;
  }

  @Override
  public @Nullable RoleProcess process(String role) {
    return null;
  }

  /** The edges, in order of their ids; the stack closes them. */
  public List<EdgeNode> edges() {
    return Collections.unmodifiableList(edges);
  }

  @Override
  public CompletableFuture<Void> drain() {
    return CompletableFuture.allOf(
        started.stream().map(RunningProcess::drain).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void close() {
    List<RunningProcess> reversed = new ArrayList<>(started);
    Collections.reverse(reversed);
    started.clear();
    for (RunningProcess role : reversed) {
      try {
        role.close();
      } catch (RuntimeException e) {
        // The others are to be closed all the same, and a start's own failure is to be heard.
        log.error("role did not close role={}", role.getClass().getSimpleName(), e);
      }
    }
  }
}
