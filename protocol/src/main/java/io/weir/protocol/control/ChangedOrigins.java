package io.weir.protocol.control;

import java.util.List;
import java.util.Objects;

/**
 * Answer to {@code GET {adapter}/v1/changed}: versions whose origin has other objects now, as a
 * probe or a read found. Each stays in the list until it is deleted. Versions made from an imported
 * torrent are never in it, since their bytes cannot change.
 *
 * @param contents at most as many as the adapter knows ingests
 */
public record ChangedOrigins(List<ChangedContent> contents) {
  /** Requires the list and copies it. */
  public ChangedOrigins {
    contents = List.copyOf(Objects.requireNonNull(contents, "contents"));
  }

  /**
   * One version that can no longer be read.
   *
   * @param contentId the content
   * @param contentVersion its version, 1 or more
   */
  public record ChangedContent(String contentId, int contentVersion) {
    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the field that is out of bounds
     */
    public ChangedContent {
      RegisteredName.require("contentId", contentId);
      if (contentVersion < 1) {
        throw new IllegalArgumentException("contentVersion is not 1 or more");
      }
    }
  }
}
