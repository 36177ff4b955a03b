package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.db.AdapterCommands.Kind;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registered contents, as ingest moves them on. Each change names the version that it is about
 * and does nothing when that version is not current any more.
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

  /** Every content that is INGESTING, the longest waiting first. */
  public List<Content> ingesting() {
    return query("SELECT * FROM content WHERE state = 'ingesting' ORDER BY updated_at, id");
  }

  /** Every content that is READY and whose bytes the adapter still spools. */
  public List<Content> spooled() {
    return query("SELECT * FROM content WHERE state = 'ready' AND spool_released = 0 ORDER BY id");
  }

  private List<Content> query(String sql) {
    return database.read(handle -> handle.createQuery(sql).map(ContentRow::map).list());
  }

  /** Makes the version READY with this metainfo; false if it is not being ingested any more. */
  public boolean ready(ContentId id, int version, TorrentFacts facts, byte[] torrent) {
    return database.write(
        tx -> {
          int rows =
              tx.handle()
                  .createUpdate(
                      """
                      UPDATE content
                      SET state = 'ready', length_bytes = :length,
                          piece_length_bytes = :pieceLength, pieces = :pieces,
                          info_hash = :infoHash, info_hash_v2 = :infoHashV2, updated_at = :now
                      WHERE id = :id AND version = :version AND state = 'ingesting'
                      """)
                  .bind("length", facts.lengthBytes())
                  .bind("pieceLength", facts.pieceLengthBytes())
                  .bind("pieces", facts.pieces())
                  .bind("infoHash", hexOrNull(facts.infoHash()))
                  .bind("infoHashV2", hexOrNull(facts.infoHashV2()))
                  .bind("now", clock.millis())
                  .bind("id", id.value())
                  .bind("version", version)
                  .execute();
          if (rows == 0) {
            return false;
          }
          tx.handle()
              .execute(
                  "INSERT INTO metainfo (content_id, torrent) VALUES (?, ?)", id.value(), torrent);
          tx.changeSnapshot();
          return true;
        });
  }

  private static @Nullable String hexOrNull(@Nullable Object hash) {
    return hash == null ? null : hash.toString();
  }

  /** Makes the version FAILED for this reason; false if it is not being ingested any more. */
  public boolean failed(ContentId id, int version, String reason) {
    String kept = reason.substring(0, Math.min(MAX_FAILURE_LENGTH, reason.length()));
    return database.write(
        tx -> {
          int rows =
              tx.handle()
                  .execute(
                      """
                      UPDATE content SET state = 'failed', failure = ?, updated_at = ?
                      WHERE id = ? AND version = ? AND state = 'ingesting'
                      """,
                      kept,
                      clock.millis(),
                      id.value(),
                      version);
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
   * Gives every content that is INGESTING at an adapter which is not configured any more to one
   * that is. A READY content stays with the adapter that made it until it is purged: to move it
   * would interrupt it.
   */
  public void moveFromAllBut(List<String> adapters, UnaryOperator<String> adapterOfContentId) {
    for (Content content : ingesting()) {
      if (!adapters.contains(content.adapter())) {
        database.write(
            tx -> {
              tx.changeSnapshot();
              return tx.handle()
                  .execute(
                      "UPDATE content SET adapter = ? WHERE id = ?",
                      adapterOfContentId.apply(content.id().value()),
                      content.id().value());
            });
      }
    }
  }
}
