package io.weir.loadtest.stack;

import io.weir.edge.EdgeConfig;
import io.weir.protocol.config.DataSize;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stack to start.
 *
 * @param dir everything it keeps; the same directory again resumes with everything still there
 * @param host the address that every listener binds and that edges advertise
 * @param edges edge nodes wanted, 1 to {@link #MAX_EDGES}; a directory that has more keeps them
 * @param defaultPorts whether to take the documented ports where they are free, rather than any
 * @param originHosts hosts that the adapter may read, beside loopback and {@code host}
 * @param originRoots directories that {@code file:} origins may lie in
 * @param hotTier what each edge holds in memory
 * @param tls what every edge shows on an HTTPS listener, null for none of either
 */
public record StackPlan(
    Path dir,
    String host,
    int edges,
    boolean defaultPorts,
    List<String> originHosts,
    List<Path> originRoots,
    DataSize hotTier,
    EdgeConfig.@Nullable Tls tls) {
  /** Little enough for several edges in one JVM. */
  public static final DataSize DEFAULT_HOT_TIER = DataSize.ofMebibytes(128);

  /** More edges than this in one JVM is a mistake, not a wish. */
  public static final int MAX_EDGES = 64;

  /** Validates and copies. */
  public StackPlan {
    if (edges < 1 || edges > MAX_EDGES) {
      throw new IllegalArgumentException("edges: " + edges + " is not 1 to " + MAX_EDGES);
    }
    dir = dir.toAbsolutePath().normalize();
    originHosts = List.copyOf(originHosts);
    originRoots = List.copyOf(originRoots);
  }

  /** Whether the directory has a stack, which would be resumed. */
  public boolean resumes() {
    return StackState.isIn(dir);
  }
}
