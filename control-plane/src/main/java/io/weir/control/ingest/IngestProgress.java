package io.weir.control.ingest;

import io.weir.control.catalogue.ContentId;
import io.weir.protocol.control.IngestStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each ingest under way is, as its adapter last said. In memory only: the next poll says it
 * again. Written by the reconciler's thread, read by any; bounded by the versions being ingested.
 */
public final class IngestProgress {
  private final Map<IngestKey, IngestStatus> statuses = new ConcurrentHashMap<>();

  /** What the adapter last said of this version, if it is being ingested and was heard of. */
  public Optional<IngestStatus> of(ContentId id, int version) {
    return Optional.ofNullable(statuses.get(IngestKey.of(id, version)));
  }

  void put(IngestKey key, IngestStatus status) {
    statuses.put(key, status);
  }

  void keepOnly(Collection<IngestKey> underWay) {
    statuses.keySet().retainAll(underWay);
  }
}
