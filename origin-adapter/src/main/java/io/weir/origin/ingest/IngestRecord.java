package io.weir.origin.ingest;

import io.weir.origin.source.OriginObject;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an ingest on disk.
 *
 * @param request as it was asked for
 * @param state where it stands; anything but DONE or FAILED begins again after a restart
 * @param object the version that was hashed, null until the origin has told
 * @param pieceLengthBytes 0 until known
 * @param failure what went wrong, where FAILED
 * @param released whether the edges have the bytes
 */
record IngestRecord(
    IngestRequest request,
    State state,
    @Nullable OriginObject object,
    int pieceLengthBytes,
    @Nullable String failure,
    boolean released) {
  IngestRecord {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(state, "state");
    if (state == State.DONE) {
      Objects.requireNonNull(object, "object");
    }
  }

  static IngestRecord queued(IngestRequest request) {
    return new IngestRecord(request, State.QUEUED, null, 0, null, false);
  }

  IngestRecord hashing(OriginObject found, int pieceLength) {
    return new IngestRecord(request, State.HASHING, found, pieceLength, null, false);
  }

  IngestRecord done() {
    return new IngestRecord(request, State.DONE, object, pieceLengthBytes, null, released);
  }

  IngestRecord failed(String why) {
    return new IngestRecord(request, State.FAILED, object, pieceLengthBytes, why, released);
  }

  IngestRecord asReleased() {
    return new IngestRecord(request, state, object, pieceLengthBytes, failure, true);
  }
}
