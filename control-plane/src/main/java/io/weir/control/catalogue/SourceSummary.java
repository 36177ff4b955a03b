package io.weir.control.catalogue;

import io.weir.control.catalogue.Manifest.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a content is made of, but for its manifest itself, which may be large. Two that are equal
 * stand for the same source.
 *
 * @param origin where the bytes are
 * @param name the torrent's name
 * @param kind what tells the files
 * @param fileCount how many there are
 * @param manifestDigest SHA-256 of the manifest in hexadecimal; null for the kind that has nothing
 *     to digest
 */
public record SourceSummary(
    Origin origin, FileName name, Kind kind, int fileCount, @Nullable String manifestDigest) {
  /** Whether a torrent that exists is served as it is: its bytes can never change. */
  public boolean isImported() {
    return kind == Kind.TORRENT;
  }
}
