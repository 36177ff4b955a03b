package io.weir.control.db;

import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.IngestingVersion;
import io.weir.control.catalogue.RetryDelay;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.db.AdapterCommands.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The versions that are made ready while the present ones are served, because an origin has other
 * objects now. Neither their beginning nor their failing changes the snapshot: nodes know of one
 * version at a time.
 */
public final class NextVersions {
  private final Database database;
  private final Clock clock;

  /** Over an open database. */
  public NextVersions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Begins the version that follows this one, unless one has begun, or this is not the version that
   * is served, or was read by another adapter, or is an imported torrent's.
   *
   * @param version the version whose origin has changed
   * @param adapter base URL of the adapter that found so
   * @param adapterOfContentId base URL of the adapter that the next version is read by
   * @return the number of the version that has begun
   */
  public Optional<Integer> begin(
      ContentId id, int version, String adapter, UnaryOperator<String> adapterOfContentId) {
    // Adapters tell of a change until it has been followed: mostly there is nothing to write.
    if (!database.read(handle -> mayBegin(handle, id, version, adapter))) {
      return Optional.empty();
    }
    return database.write(
        tx -> {
          if (!mayBegin(tx.handle(), id, version, adapter)) {
            return Optional.empty();
          }
          int next = Versions.next(tx.handle(), id);
          tx.handle()
              .execute(
                  """
                  INSERT INTO next_version (content_id, version, state, failures, adapter, updated_at)
                  VALUES (?, ?, 'ingesting', 0, ?, ?)
                  """,
                  id.value(),
                  next,
                  adapterOfContentId.apply(id.value()),
                  clock.millis());
          return Optional.of(next);
        });
  }

  private static boolean mayBegin(Handle handle, ContentId id, int version, String adapter) {
    return handle
            .createQuery(
                """
                SELECT count(*) FROM content
                WHERE id = :id AND version = :version AND adapter = :adapter AND state = 'ready'
                  AND manifest_kind != 'torrent'
                  AND NOT EXISTS (SELECT 1 FROM next_version WHERE content_id = content.id)
                """)
            .bind("id", id.value())
            .bind("version", version)
            .bind("adapter", adapter)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Begins another version in the place of each that failed and has waited long enough. */
  public void retryDue(UnaryOperator<String> adapterOfContentId) {
    for (ContentId id : due()) {
      database.write(
          tx ->
              tx.handle()
                  .createUpdate(
                      """
                      UPDATE next_version
                      SET version = :version, state = 'ingesting', failure = NULL, retry_at = NULL,
                          adapter = :adapter, updated_at = :now
                      WHERE content_id = :id AND state = 'failed' AND retry_at <= :now
                      """)
                  .bind("version", Versions.next(tx.handle(), id))
                  .bind("adapter", adapterOfContentId.apply(id.value()))
                  .bind("now", clock.millis())
                  .bind("id", id.value())
                  .execute());
    }
  }

  private List<ContentId> due() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT content_id FROM next_version
                    WHERE state = 'failed' AND retry_at <= :now ORDER BY content_id
                    """)
                .bind("now", clock.millis())
                .map((row, context) -> new ContentId(row.getString("content_id")))
                .list());
  }

  /** Makes the version FAILED within a transaction; false if it is no content's next. */
  static boolean failed(Handle handle, IngestingVersion version, String reason, long nowMillis) {
    Optional<Integer> failures =
        handle
            .createQuery(
                """
                SELECT failures FROM next_version
                WHERE content_id = :id AND version = :version AND state = 'ingesting'
                """)
            .bind("id", version.id().value())
            .bind("version", version.version())
            .mapTo(Integer.class)
            .findOne();
    if (failures.isEmpty()) {
      return false;
    }
    int inARow = failures.get() + 1;
    handle.execute(
        """
        UPDATE next_version
        SET state = 'failed', failure = ?, failures = ?, retry_at = ?, updated_at = ?
        WHERE content_id = ?
        """,
        reason,
        inARow,
        nowMillis + RetryDelay.after(inARow).toMillis(),
        nowMillis,
        version.id().value());
    Versions.forget(handle, version.adapter(), version.id(), version.version());
    return true;
  }

  /**
   * Puts the version in the place of the one that is served, within a transaction, still to be made
   * ready; the other is forgotten at its adapter. False if it is no content's next.
   */
  static boolean promote(Handle handle, IngestingVersion version) {
    int rows =
        handle.execute(
            "DELETE FROM next_version WHERE content_id = ? AND version = ? AND state = 'ingesting'",
            version.id().value(),
            version.version());
    if (rows == 0) {
      return false;
    }
    Command forgetPresent =
        handle
            .createQuery("SELECT version, adapter FROM content WHERE id = :id")
            .bind("id", version.id().value())
            .map(
                (row, context) ->
                    new Command(
                        row.getString("adapter"),
                        version.id().value(),
                        row.getInt("version"),
                        Kind.FORGET))
            .one();
    AdapterCommands.add(handle, forgetPresent);
    handle.execute(
        """
        UPDATE content SET version = ?, adapter = ?, state = 'ingesting', spool_released = 0
        WHERE id = ?
        """,
        version.version(),
        version.adapter(),
        version.id().value());
    return true;
  }
}
