package io.weir.loadtest.stack;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One origin adapter, one control plane and some edges, each with its own directory, listeners and
 * configuration, meeting over sockets only. Started and closed by one thread.
 */
public interface Stack extends AutoCloseable {
  /** The role names of what there is one of; edges are {@code edge-1}, {@code edge-2} and so on. */
  String CONTROL_PLANE = "control-plane";

  /** See {@link #CONTROL_PLANE}. */
  String ORIGIN_ADAPTER = "origin-adapter";

  /** Where everything is reached. */
  StackAddresses addresses();

  /** The process of a role as it was started, null where it has none of its own. */
  @Nullable RoleProcess process(String role);

  /** Takes on nothing new; completes, never exceptionally, when nothing is under way any more. */
  CompletableFuture<Void> drain();

  @Override
  void close();
}
