package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.Manifest;
import io.weir.control.catalogue.Source;
import io.weir.control.catalogue.SourceSummary;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The registered contents, as operators change them. Every change of source, and every purge, makes
 * a new version that begins as INGESTING at once; the versions before it, the served and the next
 * one, are forgotten at their adapters. A condition ({@code If-Match}) is judged inside the
 * transaction that it guards.
 */
public final class Catalogue {
  private final Database database;
  private final Clock clock;

  /** Over an open database. */
  public Catalogue(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** How a change ended. */
  public sealed interface Change {
    /** The content has a new version, which is being ingested. */
    record Accepted(Content content) implements Change {}

    /** Exactly this was registered before: nothing was written. */
    record Unchanged(Content content) implements Change {}

    /** The content is not registered now; an earlier deletion may be the reason. */
    record Deleted() implements Change {}

    /** No content was ever registered under this id. */
    record NotHere() implements Change {}

    /** The condition did not hold. */
    record ConditionFailed() implements Change {}
  }

  /**
   * Registers a content, or has a registered one made of another source.
   *
   * @param adapter base URL of the origin adapter that a new version is read by
   * @param condition must hold for the current content, if there is one, before anything is written
   */
  public Change register(
      ContentId id, Source source, String adapter, Predicate<Optional<Content>> condition) {
    SourceSummary summary = source.summary();
    return database.write(
        tx -> {
          Optional<Content> current = find(tx.handle(), id);
          if (!condition.test(current)) {
            return new Change.ConditionFailed();
          }
          if (current.isPresent()
              && current.get().state() != ContentState.FAILED
              && current.get().source().equals(summary)) {
            return new Change.Unchanged(current.get());
          }
          newVersion(tx, id, summary, adapter);
          save(tx.handle(), id, source.manifest());
          return new Change.Accepted(find(tx.handle(), id).orElseThrow());
        });
  }

  /** Has the content read from its origin again, as a new version. */
  public Change purge(ContentId id, String adapter, Predicate<Optional<Content>> condition) {
    return database.write(
        tx -> {
          Optional<Content> current = find(tx.handle(), id);
          if (current.isEmpty()) {
            return new Change.NotHere();
          }
          if (!condition.test(current)) {
            return new Change.ConditionFailed();
          }
          newVersion(tx, id, current.get().source(), adapter);
          return new Change.Accepted(find(tx.handle(), id).orElseThrow());
        });
  }

  /** Deletes a content. Its last version number is kept, so that none is ever given twice. */
  public Change delete(ContentId id, Predicate<Optional<Content>> condition) {
    return database.write(
        tx -> {
          Optional<Content> current = find(tx.handle(), id);
          if (current.isEmpty() && !wasEverRegistered(tx.handle(), id)) {
            return new Change.NotHere();
          }
          if (!condition.test(current)) {
            return new Change.ConditionFailed();
          }
          if (current.isPresent()) {
            Versions.forgetAll(tx.handle(), current.get());
            tx.handle().execute("DELETE FROM content WHERE id = ?", id.value());
            tx.changeSnapshot();
          }
          return new Change.Deleted();
        });
  }

  private void newVersion(Transaction tx, ContentId id, SourceSummary source, String adapter) {
    Handle handle = tx.handle();
    find(handle, id).ifPresent(superseded -> Versions.forgetAll(handle, superseded));
    handle.execute("DELETE FROM next_version WHERE content_id = ?", id.value());
    handle.execute("DELETE FROM metainfo WHERE content_id = ?", id.value());
    handle
        .createUpdate(
            """
            INSERT INTO content (id, version, origin_url, origin_is_base, name, manifest_kind,
                                 manifest_digest, file_count, state, adapter,
                                 created_at, updated_at)
            VALUES (:id, :version, :origin, :isBase, :name, :kind,
                    :digest, :files, 'ingesting', :adapter, :now, :now)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, origin_url = excluded.origin_url,
                origin_is_base = excluded.origin_is_base, name = excluded.name,
                manifest_kind = excluded.manifest_kind,
                manifest_digest = excluded.manifest_digest, file_count = excluded.file_count,
                state = excluded.state, adapter = excluded.adapter, failure = NULL,
                length_bytes = NULL, piece_length_bytes = NULL, pieces = NULL, info_hash = NULL,
                info_hash_v2 = NULL, first_file = NULL, spool_released = 0,
                updated_at = excluded.updated_at
            """)
        .bind("id", id.value())
        .bind("version", Versions.next(handle, id))
        .bind("origin", source.origin().toString())
        .bind("isBase", source.origin().isBase() ? 1 : 0)
        .bind("name", source.name().value())
        .bind("kind", source.kind().word())
        .bind("digest", source.manifestDigest())
        .bind("files", source.fileCount())
        .bind("adapter", adapter)
        .bind("now", clock.millis())
        .execute();
    tx.changeSnapshot();
  }

  private static void save(Handle handle, ContentId id, Manifest manifest) {
    handle.execute("DELETE FROM manifest WHERE content_id = ?", id.value());
    if (manifest instanceof Manifest.Files files) {
      handle.execute(
          "INSERT INTO manifest (content_id, files) VALUES (?, ?)",
          id.value(),
          String.join("\n", files.files().paths()));
    } else if (manifest instanceof Manifest.ImportedTorrent torrent) {
      handle.execute(
          "INSERT INTO manifest (content_id, torrent) VALUES (?, ?)", id.value(), torrent.bare());
    }
  }

  private static boolean wasEverRegistered(Handle handle, ContentId id) {
    return handle
            .createQuery("SELECT count(*) FROM content_version WHERE content_id = :id")
            .bind("id", id.value())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** One content. */
  public Optional<Content> find(ContentId id) {
    return database.read(handle -> find(handle, id));
  }

  private static Optional<Content> find(Handle handle, ContentId id) {
    return handle
        .createQuery(ContentRow.SELECT + " WHERE id = :id")
        .bind("id", id.value())
        .map(ContentRow::map)
        .findOne();
  }

  /** The contents whose ids come after this one, by id; all of them after the empty string. */
  public List<Content> page(String afterId, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(ContentRow.SELECT + " WHERE id > :after ORDER BY id LIMIT :limit")
                .bind("after", afterId)
                .bind("limit", limit)
                .map(ContentRow::map)
                .list());
  }

  /**
   * The torrent of exactly this version, without trackers or web seeds; empty until it is ready.
   */
  public Optional<byte[]> metainfo(ContentId id, int version) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT torrent FROM metainfo JOIN content ON content.id = metainfo.content_id
                    WHERE content.id = :id AND content.version = :version
                    """)
                .bind("id", id.value())
                .bind("version", version)
                .map((row, context) -> row.getBytes("torrent"))
                .findOne());
  }

  /** How many contents are in each state; every state has an entry. */
  public Map<ContentState, Integer> countByState() {
    Map<ContentState, Integer> counts = new EnumMap<>(ContentState.class);
    for (ContentState state : ContentState.values()) {
      counts.put(state, 0);
    }
    database.read(
        handle ->
            handle
                .createQuery("SELECT state, count(*) AS contents FROM content GROUP BY state")
                .map(
                    (row, context) ->
                        counts.put(
                            ContentState.ofWord(row.getString("state")), row.getInt("contents")))
                .list());
    return counts;
  }
}
