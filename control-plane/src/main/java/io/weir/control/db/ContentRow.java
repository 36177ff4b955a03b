package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.IngestingVersion;
import io.weir.control.catalogue.Manifest;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.SourceSummary;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table {@code content}, with the content's next version if it has one. */
final class ContentRow {
  /** Selects such rows; a condition may follow. */
  static final String SELECT =
      """
      SELECT content.*, next_version.version AS next_version, next_version.state AS next_state,
             next_version.failure AS next_failure, next_version.adapter AS next_adapter,
             next_version.retry_at AS next_retry_at
      FROM content LEFT JOIN next_version ON next_version.content_id = content.id
      """;

  private ContentRow() {}

  static Content map(ResultSet row, StatementContext context) throws SQLException {
    ContentState state = ContentState.ofWord(row.getString("state"));
    return new Content(
        new ContentId(row.getString("id")),
        row.getInt("version"),
        source(row),
        state,
        row.getString("failure"),
        row.getString("adapter"),
        state == ContentState.READY ? torrent(row) : null,
        row.getString("next_state") == null ? null : next(row),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  /** Reads the columns of a content's source, and those that name a version of it. */
  static IngestingVersion mapIngesting(ResultSet row, StatementContext context)
      throws SQLException {
    return new IngestingVersion(
        new ContentId(row.getString("id")),
        row.getInt("ingesting_version"),
        source(row),
        row.getString("ingesting_adapter"));
  }

  private static SourceSummary source(ResultSet row) throws SQLException {
    return new SourceSummary(
        new Origin(URI.create(row.getString("origin_url")), row.getInt("origin_is_base") != 0),
        new FileName(row.getString("name")),
        Manifest.Kind.ofWord(row.getString("manifest_kind")),
        row.getInt("file_count"),
        row.getString("manifest_digest"));
  }

  private static TorrentFacts torrent(ResultSet row) throws SQLException {
    @Nullable String infoHash = row.getString("info_hash");
    @Nullable String infoHashV2 = row.getString("info_hash_v2");
    @Nullable String firstFile = row.getString("first_file");
    return new TorrentFacts(
        row.getLong("length_bytes"),
        row.getInt("piece_length_bytes"),
        row.getInt("pieces"),
        infoHash == null ? null : InfoHash.fromHex(infoHash),
        infoHashV2 == null ? null : InfoHashV2.fromHex(infoHashV2),
        firstFile == null ? List.of() : List.of(firstFile.split("/", -1)));
  }

  private static NextVersion next(ResultSet row) throws SQLException {
    ContentState state = ContentState.ofWord(row.getString("next_state"));
    return new NextVersion(
        row.getInt("next_version"),
        state,
        row.getString("next_failure"),
        row.getString("next_adapter"),
        state == ContentState.FAILED ? Instant.ofEpochMilli(row.getLong("next_retry_at")) : null);
  }
}
