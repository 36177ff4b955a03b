package io.weir.control.ingest;

import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.IngestingVersion;

/** Names one version of one content: adapters know ingests by it. */
record IngestKey(String contentId, int version) {
  static IngestKey of(IngestingVersion version) {
    return of(version.id(), version.version());
  }

  static IngestKey of(ContentId id, int version) {
    return new IngestKey(id.value(), version);
  }
}
