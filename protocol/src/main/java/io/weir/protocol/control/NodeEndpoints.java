package io.weir.protocol.control;

import java.util.Objects;

/**
 * Where one edge node is reached, as it advertises itself.
 *
 * @param id the node's name, {@code [a-z0-9][a-z0-9._-]{0,62}}
 * @param http base URL of content and HTTP tracker, {@code http://host:port}, no trailing slash
 * @param peer peer wire, {@code host:port}
 * @param udpTracker {@code udp://host:port}
 * @param admin base URL of the admin listener
 */
public record NodeEndpoints(String id, String http, String peer, String udpTracker, String admin) {
  /**
   * Validates the id; requires all.
   *
   * @throws IllegalArgumentException if the id is not one
   */
  public NodeEndpoints {
    RegisteredName.require("id", id);
    Objects.requireNonNull(http, "http");
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(udpTracker, "udpTracker");
    Objects.requireNonNull(admin, "admin");
  }
}
