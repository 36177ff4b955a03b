package io.weir.edge.peer;

import org.jspecify.annotations.Nullable;

/** A peer broke the protocol; closes exactly its session, with this reason. */
final class PeerViolation extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  /** Names the reason and what was wrong. */
  PeerViolation(CloseReason reason, @Nullable String message) {
    // Remotes cause these at will: neither a stack trace nor suppression is worth its cost.
    super(message, null, false, false);
    this.reason = reason;
  }

  CloseReason reason() {
    return reason;
  }
}
