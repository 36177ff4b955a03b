package io.weir.loadtest.stack;

import io.weir.control.ControlPlaneConfig;
import io.weir.control.ControlPlaneMain;
import io.weir.edge.EdgeConfig;
import io.weir.edge.EdgeMain;
import io.weir.origin.OriginAdapterConfig;
import io.weir.origin.OriginAdapterMain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stack of one process a role, each with its configuration in {@code config/} and its log in
 * {@code log/} below the stack's directory. A process that ends is told of on stderr and not
 * started again: whoever killed it may start another with the same configuration, which is not this
 * stack's to end.
 *
 * <p>No process outlives this one, however it ends: each ends with the pipe that this one holds.
 */
public final class SeparateStack implements Stack {
  private static final Duration STARTED_WITHIN = Duration.ofSeconds(30);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(20);

  private final StackAddresses addresses;
  private final List<Child> core = new ArrayList<>();
  private final List<Child> edges = new ArrayList<>();

  private SeparateStack(StackLayout layout) throws IOException {
    addresses = layout.addresses();
    try {
      startAll(layout, new ChildLauncher(layout.dir()));
      awaitAll();
      layout.state().write(layout.dir());
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything at once; returns when every process is ready.
   *
   * @throws IOException naming the port that is taken, or what a process said when it failed
   */
  public static SeparateStack start(StackPlan plan) throws IOException {
    return PortsAtStart.start(plan, SeparateStack::new);
  }

  private void startAll(StackLayout layout, ChildLauncher launcher) throws IOException {
    OriginAdapterConfig adapter = layout.originAdapter();
    core.add(launcher.start(ORIGIN_ADAPTER, OriginAdapterMain.class, adapter, adapter.dataDir()));
    ControlPlaneConfig controlPlane = layout.controlPlane();
    core.add(
        launcher.start(
            CONTROL_PLANE, ControlPlaneMain.class, controlPlane, controlPlane.dataDir()));
    for (EdgeConfig edge : layout.edges()) {
      edges.add(launcher.start(edge.nodeId(), EdgeMain.class, edge, edge.dataDir()));
    }
  }

  private void awaitAll() throws IOException {
    for (Child child : all()) {
      child.awaitReady(STARTED_WITHIN);
    }
  }

  @Override
  public StackAddresses addresses() {
    return addresses;
  }

  @Override
  public @Nullable RoleProcess process(String role) {
    return all().stream()
        .filter(child -> child.role().equals(role))
        .map(Child::facts)
        .findFirst()
        .orElse(null);
  }

  /** Edges first: their last fills need the others. */
  @Override
  public CompletableFuture<Void> drain() {
    return terminate(edges).thenCompose(ended -> terminate(core));
  }

  /** Tells whoever is left to end, which cuts a drain short, and kills what does not. */
  @Override
  public void close() {
    try {
      terminate(all()).get(ENDED_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("weir up: not every process ended in time, killing the rest");
    }
    all().forEach(Child::kill);
  }

  private List<Child> all() {
    List<Child> all = new ArrayList<>(core);
    all.addAll(edges);
    return all;
  }

  private static CompletableFuture<Void> terminate(List<Child> children) {
    return CompletableFuture.allOf(
        children.stream().map(Child::terminate).toArray(CompletableFuture<?>[]::new));
  }
}
