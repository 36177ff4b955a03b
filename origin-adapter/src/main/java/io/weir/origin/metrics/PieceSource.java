package io.weir.origin.metrics;

/** Where a piece that an edge asked for came from. */
public enum PieceSource {
  /** The spool on disk. */
  SPOOL,
  /** A read of the origin that this request began, whether it succeeded or not. */
  ORIGIN,
  /** What another request was loading already. */
  FLIGHT
}
