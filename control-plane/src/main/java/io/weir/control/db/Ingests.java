package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.IngestingVersion;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.db.AdapterCommands.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The registered contents, as ingest moves them on. Each change names the version that it is about
 * and does nothing when that version is neither its content's present nor its next one any more.
 */
public final class Ingests {
  /** Longest reason that is kept, in characters. */
  public static final int MAX_FAILURE_LENGTH = 1_000;

  private final Database database;
  private final Clock clock;

  /** Over an open database. */
  public Ingests(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Every version that is INGESTING, present or next, the longest waiting first. */
  public List<IngestingVersion> ingesting() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT content.*, version AS ingesting_version, adapter AS ingesting_adapter,
                           updated_at AS waiting_since
                    FROM content WHERE state = 'ingesting'
                    UNION ALL
                    SELECT content.*, next_version.version, next_version.adapter,
                           next_version.updated_at
                    FROM content JOIN next_version ON next_version.content_id = content.id
                    WHERE next_version.state = 'ingesting'
                    ORDER BY waiting_since, id
                    """)
                .map(ContentRow::mapIngesting)
                .list());
  }

  /** Every content that is READY and whose bytes the adapter still spools. */
  public List<Content> spooled() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    ContentRow.SELECT
                        + " WHERE content.state = 'ready' AND spool_released = 0 ORDER BY id")
                .map(ContentRow::map)
                .list());
  }

  /** The paths that a version is made of. Empty if its source was replaced meanwhile. */
  public Optional<List<String>> files(IngestingVersion version) {
    return manifest(version, row -> List.of(row.getString("files").split("\n")));
  }

  /** The torrent that a version was imported from. Empty if its source was replaced meanwhile. */
  public Optional<byte[]> torrent(IngestingVersion version) {
    return manifest(version, row -> row.getBytes("torrent"));
  }

  private <T> Optional<T> manifest(IngestingVersion version, Column<T> column) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT manifest.* FROM manifest JOIN content ON content.id = manifest.content_id
                    WHERE content.id = :id AND content.manifest_digest = :digest
                    """)
                .bind("id", version.id().value())
                .bind("digest", version.source().manifestDigest())
                .map((row, context) -> column.of(row))
                .findOne());
  }

  @FunctionalInterface
  private interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * Makes the version READY with this metainfo. If it is its content's next, it takes the place of
   * the one that was served, which is forgotten at its adapter.
   *
   * @return false if it is not being ingested any more
   */
  public boolean ready(IngestingVersion version, TorrentFacts facts, byte[] torrent) {
    return database.write(
        tx -> {
          NextVersions.promote(tx.handle(), version);
          if (!makeReady(tx.handle(), version, facts)) {
            return false;
          }
          tx.handle()
              .execute(
                  """
                  INSERT INTO metainfo (content_id, torrent) VALUES (?, ?)
                  ON CONFLICT (content_id) DO UPDATE SET torrent = excluded.torrent
                  """,
                  version.id().value(),
                  torrent);
          tx.changeSnapshot();
          return true;
        });
  }

  private boolean makeReady(Handle handle, IngestingVersion version, TorrentFacts facts) {
    return handle
            .createUpdate(
                """
                UPDATE content
                SET state = 'ready', length_bytes = :length, piece_length_bytes = :pieceLength,
                    pieces = :pieces, info_hash = :infoHash, info_hash_v2 = :infoHashV2,
                    first_file = :firstFile, updated_at = :now
                WHERE id = :id AND version = :version AND state = 'ingesting'
                """)
            .bind("length", facts.lengthBytes())
            .bind("pieceLength", facts.pieceLengthBytes())
            .bind("pieces", facts.pieces())
            .bind("infoHash", hexOrNull(facts.infoHash()))
            .bind("infoHashV2", hexOrNull(facts.infoHashV2()))
            .bind("firstFile", facts.multiFile() ? String.join("/", facts.firstFile()) : null)
            .bind("now", clock.millis())
            .bind("id", version.id().value())
            .bind("version", version.version())
            .execute()
        > 0;
  }

  private static @Nullable String hexOrNull(@Nullable Object hash) {
    return hash == null ? null : hash.toString();
  }

  /**
   * Makes the version FAILED for this reason; the one that is served stays, if it is not this one.
   *
   * @return false if it is not being ingested any more
   */
  public boolean failed(IngestingVersion version, String reason) {
    String kept = reason.substring(0, Math.min(MAX_FAILURE_LENGTH, reason.length()));
    return database.write(
        tx -> {
          if (NextVersions.failed(tx.handle(), version, kept, clock.millis())) {
            return true;
          }
          int rows =
              tx.handle()
                  .execute(
                      """
                      UPDATE content SET state = 'failed', failure = ?, updated_at = ?
                      WHERE id = ? AND version = ? AND state = 'ingesting'
                      """,
                      kept,
                      clock.millis(),
                      version.id().value(),
                      version.version());
          if (rows > 0) {
            tx.changeSnapshot();
          }
          return rows > 0;
        });
  }

  /** Has the adapter told, once, that the version's spooled bytes are not needed any more. */
  public void release(Content content) {
    database.write(
        tx -> {
          int rows =
              tx.handle()
                  .execute(
                      """
                      UPDATE content SET spool_released = 1
                      WHERE id = ? AND version = ? AND spool_released = 0
                      """,
                      content.id().value(),
                      content.version());
          if (rows > 0) {
            AdapterCommands.add(
                tx.handle(),
                new Command(
                    content.adapter(), content.id().value(), content.version(), Kind.RELEASE));
          }
          return rows;
        });
  }

  /**
   * Gives every version that is INGESTING at an adapter which is not configured any more to one
   * that is. A READY version stays with the adapter that made it until it is purged: to move it
   * would interrupt it.
   */
  public void moveFromAllBut(List<String> adapters, UnaryOperator<String> adapterOfContentId) {
    for (IngestingVersion version : ingesting()) {
      if (!adapters.contains(version.adapter())) {
        database.write(tx -> move(tx, version, adapterOfContentId.apply(version.id().value())));
      }
    }
  }

  private static int move(Transaction tx, IngestingVersion version, String adapter) {
    String id = version.id().value();
    int moved =
        tx.handle()
            .execute(
                "UPDATE content SET adapter = ? WHERE id = ? AND version = ?",
                adapter,
                id,
                version.version());
    if (moved > 0) {
      tx.changeSnapshot(); // nodes are told who fills a content
    }
    return moved
        + tx.handle()
            .execute(
                "UPDATE next_version SET adapter = ? WHERE content_id = ? AND version = ?",
                adapter,
                id,
                version.version());
  }
}
