package io.weir.loadtest.stack;

import io.weir.protocol.control.NodeEndpoints;
import java.util.List;
import java.util.Map;

/**
 * Where a stack is reached.
 *
 * @param controlPlaneUrl base URL
 * @param adminToken the operator's
 * @param originAdapterUrl base URL
 * @param edges in order of their ids
 * @param https base URL of content over TLS by edge id, empty where edges have no TLS
 */
public record StackAddresses(
    String controlPlaneUrl,
    String adminToken,
    String originAdapterUrl,
    List<NodeEndpoints> edges,
    Map<String, String> https) {
  /** Copies. */
  public StackAddresses {
    edges = List.copyOf(edges);
    https = Map.copyOf(https);
  }
}
