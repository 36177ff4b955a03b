package io.weir.control.ingest;

import io.weir.control.catalogue.Content;

/** Names one version of one content: adapters know ingests by it. */
record IngestKey(String contentId, int version) {
  static IngestKey of(Content content) {
    return new IngestKey(content.id().value(), content.version());
  }
}
