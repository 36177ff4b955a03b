package io.weir.origin.ingest;

import io.weir.protocol.control.IngestStatus;

/** What became of a request to ingest. */
public sealed interface PutResult {
  /** It is known, now or already. */
  record Known(IngestStatus status) implements PutResult {}

  /** The same version was registered with another origin or name. */
  record Conflict() implements PutResult {}

  /** Too many wait already. */
  record Full() implements PutResult {}

  /**
   * The request itself is wrong.
   *
   * @param reason names the field
   */
  record Invalid(String reason) implements PutResult {}
}
