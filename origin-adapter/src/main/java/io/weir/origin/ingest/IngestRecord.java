package io.weir.origin.ingest;

import io.weir.protocol.control.IngestStatus.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an ingest in memory and, in a file of its own, on disk: small, however many files
 * the content has.
 *
 * @param fingerprint of the request
 * @param imported whether its torrent came with the request
 * @param state where it stands; anything but DONE or FAILED goes on after a restart
 * @param totalBytes of all files, -1 until known
 * @param failure what went wrong, where FAILED
 * @param released whether the edges have the bytes
 * @param changed whether the origin was found to have other objects since
 */
record IngestRecord(
    String fingerprint,
    boolean imported,
    State state,
    long totalBytes,
    @Nullable String failure,
    boolean released,
    boolean changed) {
  IngestRecord {
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(state, "state");
  }

  static IngestRecord queued(Registration registration) {
    return new IngestRecord(
        registration.fingerprint(),
        registration.imported() != null,
        State.QUEUED,
        -1,
        null,
        false,
        false);
  }

  boolean isFinal() {
    return state == State.DONE || state == State.FAILED;
  }

  IngestRecord queuedAgain() {
    return in(State.QUEUED, totalBytes, null);
  }

  IngestRecord hashing(long bytes) {
    return in(State.HASHING, bytes, null);
  }

  IngestRecord done(long bytes) {
    return in(State.DONE, bytes, null);
  }

  IngestRecord failed(String why) {
    return in(State.FAILED, totalBytes, why);
  }

  private IngestRecord in(State next, long bytes, @Nullable String why) {
    return new IngestRecord(fingerprint, imported, next, bytes, why, released, changed);
  }

  IngestRecord asReleased() {
    return new IngestRecord(fingerprint, imported, state, totalBytes, failure, true, changed);
  }

  IngestRecord asChanged() {
    return new IngestRecord(fingerprint, imported, state, totalBytes, failure, released, true);
  }
}
