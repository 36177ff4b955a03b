package io.weir.control.node;

import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import java.time.Instant;

/**
 * A registered edge node.
 *
 * @param registration what it said of itself at its last start
 * @param registeredAt when it first registered
 */
public record Node(NodeRegistration registration, Instant registeredAt) {
  /** The node's name. */
  public String id() {
    return registration.endpoints().id();
  }

  /** Where it is reached. */
  public NodeEndpoints endpoints() {
    return registration.endpoints();
  }

  /** Its weight in placement: the byte cap of its store. */
  public long storeCapacityBytes() {
    return registration.storeCapacityBytes();
  }
}
