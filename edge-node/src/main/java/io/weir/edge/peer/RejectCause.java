package io.weir.edge.peer;

import java.util.Locale;

/** Why a request is not answered by its block: the closed set of a metric's label. */
enum RejectCause {
  /** The peer is choked: it has not said that it is interested. */
  CHOKED,
  /** The peer has more requests unanswered than it was offered. */
  FULL,
  /** The peer has taken it back. */
  CANCELLED,
  /** This node drains: the peer is to ask elsewhere. */
  DRAINING,
  /** Its piece has not come in time. */
  LATE;

  /** The name in metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
