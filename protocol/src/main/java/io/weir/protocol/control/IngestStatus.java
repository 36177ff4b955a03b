package io.weir.protocol.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an ingest is: the answer to PUT and GET of {@code
 * {adapter}/v1/ingests/{contentId}/{contentVersion}}. Once {@code DONE}, the metainfo (without
 * trackers or web seeds) is at {@code …/metainfo}; {@code POST …/release} frees the spooled bytes;
 * {@code DELETE} forgets it all. Pieces, whole, are read from {@code
 * {adapter}/v1/pieces/{contentId}/{contentVersion}/{piece}}.
 *
 * @param state where it stands
 * @param hashedBytes verified and hashed so far
 * @param totalBytes length of all files, -1 until known
 * @param failure what went wrong, for people, where {@code FAILED}
 */
public record IngestStatus(
    State state, long hashedBytes, long totalBytes, @Nullable String failure) {
  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the field that is out of bounds
   */
  public IngestStatus {
    Objects.requireNonNull(state, "state");
    if (hashedBytes < 0) {
      throw new IllegalArgumentException("hashedBytes is negative");
    }
    if (totalBytes < -1) {
      throw new IllegalArgumentException("totalBytes is less than -1");
    }
  }

  /** QUEUED and HASHING go on by themselves; DONE and FAILED are final. */
  public enum State {
    QUEUED,
    HASHING,
    DONE,
    FAILED
  }
}
