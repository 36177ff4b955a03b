package io.weir.edge.swarm;

import io.weir.protocol.metainfo.InfoHash;
import org.jspecify.annotations.Nullable;

/**
 * STUB: what callers see is fixed. Registered contents; one volatile snapshot, replaced whole by
 * the control link.
 */
public final class Catalogue {
  /** What a content id means here. */
  public sealed interface Lookup {
    record Ready(Content content) implements Lookup {}

    /** Registered, its hashing goes on. */
    record Ingesting() implements Lookup {}

    record Unknown() implements Lookup {}
  }

  public Lookup byId(String contentId) {
    throw new UnsupportedOperationException();
  }

  /** By v1 hash or truncated v2 hash; null when not registered or not ready. */
  public @Nullable Content byInfoHash(InfoHash infoHash) {
    throw new UnsupportedOperationException();
  }
}
