package io.weir.protocol.control;

/**
 * Body of {@code PUT /v1/nodes/{id}}: what a node says of itself at every start.
 *
 * @param endpoints where it is reached
 * @param storeCapacityBytes its store's byte cap, which is also its weight in placement
 * @param softwareVersion the build that it runs
 */
public record NodeRegistration(
    NodeEndpoints endpoints, long storeCapacityBytes, String softwareVersion) {}
