package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table {@code content}. */
final class ContentRow {
  private ContentRow() {}

  static Content map(ResultSet row, StatementContext context) throws SQLException {
    ContentState state = ContentState.ofWord(row.getString("state"));
    return new Content(
        new ContentId(row.getString("id")),
        row.getInt("version"),
        Origin.parse(row.getString("origin_url")),
        new FileName(row.getString("name")),
        state,
        row.getString("failure"),
        row.getString("adapter"),
        state == ContentState.READY ? torrent(row) : null,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static TorrentFacts torrent(ResultSet row) throws SQLException {
    @Nullable String infoHash = row.getString("info_hash");
    @Nullable String infoHashV2 = row.getString("info_hash_v2");
    return new TorrentFacts(
        row.getLong("length_bytes"),
        row.getInt("piece_length_bytes"),
        row.getInt("pieces"),
        infoHash == null ? null : InfoHash.fromHex(infoHash),
        infoHashV2 == null ? null : InfoHashV2.fromHex(infoHashV2));
  }
}
