package io.weir.protocol.control;

import java.util.Objects;

/**
 * Body of {@code PUT {adapter}/v1/ingests/{contentId}/{contentVersion}}: read this origin object,
 * hash it, keep its bytes until released. Idempotent; another origin under the same version is a
 * conflict.
 *
 * @param originUrl {@code http:}, {@code https:} or {@code file:}
 * @param name file name that the torrent will carry
 */
public record IngestRequest(String originUrl, String name) {
  /** Requires both. */
  public IngestRequest {
    Objects.requireNonNull(originUrl, "originUrl");
    Objects.requireNonNull(name, "name");
  }
}
