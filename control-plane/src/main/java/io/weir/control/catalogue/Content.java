package io.weir.control.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One registered content in its current version.
 *
 * @param id what the operator calls it
 * @param version counts the versions ever made under this id, from 1; never reused, not even after
 *     the content was deleted
 * @param origin where its bytes are
 * @param name the name of its file
 * @param state where the version stands
 * @param failure why it failed, for people; null unless FAILED
 * @param adapter base URL of the origin adapter that reads this version
 * @param torrent what its metainfo says; null unless READY
 * @param createdAt when the content was registered
 * @param updatedAt when its state or version last changed
 */
public record Content(
    ContentId id,
    int version,
    Origin origin,
    FileName name,
    ContentState state,
    @Nullable String failure,
    String adapter,
    @Nullable TorrentFacts torrent,
    Instant createdAt,
    Instant updatedAt) {}
