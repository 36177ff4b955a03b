package io.weir.loadtest.crowd;

import org.jspecify.annotations.Nullable;

/**
 * How one participant ended.
 *
 * @param kind what it was
 * @param bytes bytes of content it received, duplicates included
 * @param sha256Ok whether its copy is whole and right
 * @param seconds from the crowd's start to this participant's end
 * @param failure why its copy is not right, for people; null if it is
 */
public record ParticipantResult(
    Kind kind, long bytes, boolean sha256Ok, double seconds, @Nullable String failure) {
  /** The two ways to download. */
  public enum Kind {
    PEER,
    HTTP
  }
}
