package io.weir.loadtest.stack;

import io.weir.protocol.control.NodeEndpoints;
import java.util.List;

/**
 * Where a stack is reached.
 *
 * @param controlPlaneUrl base URL
 * @param adminToken the operator's
 * @param originAdapterUrl base URL
 * @param edges in order of their ids
 */
public record StackAddresses(
    String controlPlaneUrl, String adminToken, String originAdapterUrl, List<NodeEndpoints> edges) {
  /** Copies the list. */
  public StackAddresses {
    edges = List.copyOf(edges);
  }
}
