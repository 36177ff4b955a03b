package io.weir.edge.control;

import java.io.IOException;

/** The control plane does not know this node, as after it lost its database. */
final class NotRegisteredException extends IOException {
  private static final long serialVersionUID = 1L;

  NotRegisteredException() {
    super("node is not registered");
  }
}
