package io.weir.protocol.control;

import java.util.Objects;

/**
 * Body of {@code PUT /v1/nodes/{id}}: what a node says of itself at every start.
 *
 * @param endpoints where it is reached
 * @param storeCapacityBytes its store's byte cap, 0 or more, which is also its weight in placement
 * @param softwareVersion the build that it runs
 */
public record NodeRegistration(
    NodeEndpoints endpoints, long storeCapacityBytes, String softwareVersion) {
  /**
   * Validates.
   *
   * @throws IllegalArgumentException if the capacity is negative
   */
  public NodeRegistration {
    Objects.requireNonNull(endpoints, "endpoints");
    Objects.requireNonNull(softwareVersion, "softwareVersion");
    if (storeCapacityBytes < 0) {
      throw new IllegalArgumentException("storeCapacityBytes is negative");
    }
  }
}
