package io.weir.control.view;

import io.weir.protocol.control.OriginLocation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /v1/contents/{id}}.
 *
 * @param origin where the bytes are
 * @param name the torrent's name; null for the last path segment of the origin's URL, or the
 *     imported torrent's own
 * @param torrent an existing .torrent in Base64 (RFC 4648 section 4) that is served as it is; null
 *     for one to be made
 */
public record PublishRequest(
    OriginLocation origin, @Nullable String name, @Nullable String torrent) {
  /** Requires an origin. */
  public PublishRequest {
    Objects.requireNonNull(origin, "origin");
  }
}
