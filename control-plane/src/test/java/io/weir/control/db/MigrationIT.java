package io.weir.control.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.ManualClock;
import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.Source;
import io.weir.control.db.Catalogue.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationIT {
  @TempDir private Path dir;

  @Test
  void contentsOfTheFirstSchemaAreServedOnAndTheirPublicationsKnownAgain() throws Exception {
    String url = "jdbc:sqlite:" + dir.resolve("control-plane.db");
    Flyway.configure().dataSource(url, null, null).target("1").load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO content_version VALUES ('film', 3)");
      statement.execute(
          "INSERT INTO content (id, version, origin_url, name, state, adapter, length_bytes,"
              + " piece_length_bytes, pieces, info_hash, created_at, updated_at)"
              + " VALUES ('film', 3, 'http://o/film', 'film', 'ready', 'http://adapter', 9, 262144,"
              + " 1, '0123456789012345678901234567890123456789', 1, 2)");
      statement.execute("INSERT INTO metainfo VALUES ('film', x'00')");
    }
    try (Database database = Database.open(dir)) {
      Catalogue catalogue = new Catalogue(database, new ManualClock());
      ContentId id = new ContentId("film");
      Content film = catalogue.find(id).orElseThrow();
      Source source = Source.ofObject(Origin.ofObject("http://o/film"), new FileName("film"));
      assertEquals(ContentState.READY, film.state());
      assertEquals(source.summary(), film.source());
      assertFalse(film.torrent().multiFile());
      assertTrue(
          catalogue.register(id, source, "http://adapter", c -> true) instanceof Change.Unchanged);
      assertEquals(1, catalogue.metainfo(id, 3).orElseThrow().length);
    }
  }
}
