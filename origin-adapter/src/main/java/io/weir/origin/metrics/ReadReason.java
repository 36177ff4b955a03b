package io.weir.origin.metrics;

/** Why bytes are read from an origin. */
public enum ReadReason {
  /** To hash an object for the first time. */
  INGEST,
  /** To hand edges a piece that is not in the spool. */
  FILL
}
