package io.weir.protocol.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT {adapter}/v1/ingests/{contentId}/{contentVersion}}: read these origin objects,
 * hash them, keep their bytes until released. Idempotent; another origin under the same version is
 * a conflict. With a torrent nothing is read but what tells each file's length and version: its
 * hashes are what the bytes are verified against, piece by piece, as edges ask for them.
 *
 * @param origin where the bytes are
 * @param name name that the torrent will carry, of its file or of its directory
 * @param torrent an existing metainfo in Base64 (RFC 4648 §4) that is served as it is; null for one
 *     to be made
 */
public record IngestRequest(OriginLocation origin, String name, @Nullable String torrent) {
  /** Requires origin and name. */
  public IngestRequest {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(name, "name");
  }

  /** One object that a torrent is to be made of. */
  public static IngestRequest ofUrl(String originUrl, String name) {
    return new IngestRequest(OriginLocation.ofUrl(originUrl), name, null);
  }
}
