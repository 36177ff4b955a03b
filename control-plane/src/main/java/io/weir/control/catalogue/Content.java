package io.weir.control.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One registered content in the version that is served, and the version that may follow it.
 *
 * @param id what the operator calls it
 * @param version counts the versions ever made under this id, from 1; never reused, not even after
 *     the content was deleted
 * @param source what it is made of
 * @param state where the version stands
 * @param failure why it failed, for people; null unless FAILED
 * @param adapter base URL of the origin adapter that reads this version
 * @param torrent what its metainfo says; null unless READY
 * @param next what is to take this version's place once it is ready; null where nothing is, and
 *     unless READY
 * @param createdAt when the content was registered
 * @param updatedAt when its state or version last changed
 */
public record Content(
    ContentId id,
    int version,
    SourceSummary source,
    ContentState state,
    @Nullable String failure,
    String adapter,
    @Nullable TorrentFacts torrent,
    @Nullable NextVersion next,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * A version that is made of the same source because its objects have changed. The present version
   * is served until this one is ready.
   *
   * @param version its number
   * @param state INGESTING or FAILED
   * @param failure why it failed; null unless FAILED
   * @param adapter base URL of the origin adapter that reads it
   * @param retryAt when another is tried in its place; null unless FAILED
   */
  public record NextVersion(
      int version,
      ContentState state,
      @Nullable String failure,
      String adapter,
      @Nullable Instant retryAt) {}
}
