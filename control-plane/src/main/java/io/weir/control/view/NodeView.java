package io.weir.control.view;

import io.weir.protocol.control.NodeEndpoints;
import org.jspecify.annotations.Nullable;

/**
 * A node as operators see it.
 *
 * @param id its name
 * @param state {@code up} or {@code down}
 * @param endpoints where it is reached
 * @param storeCapacityBytes its store's byte cap
 * @param storedBytes bytes in its store; null until it was heard since the control plane started
 * @param softwareVersion the build that it runs
 * @param registeredAt ISO 8601, when it first registered
 * @param lastHeartbeatAt ISO 8601; null until it was heard since the control plane started
 */
public record NodeView(
    String id,
    String state,
    NodeEndpoints endpoints,
    long storeCapacityBytes,
    @Nullable Long storedBytes,
    String softwareVersion,
    String registeredAt,
    @Nullable String lastHeartbeatAt) {}
