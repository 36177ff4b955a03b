package io.weir.control.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.ManualClock;
import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.IngestingVersion;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.RetryDelay;
import io.weir.control.catalogue.Source;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.db.AdapterCommands.Kind;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextVersionsIT {
  private static final ContentId FILM = new ContentId("film");
  private static final String ADAPTER = "http://adapter";
  private static final TorrentFacts FACTS =
      new TorrentFacts(1, 1 << 18, 1, InfoHash.fromHex("0".repeat(40)), null, List.of());

  @TempDir private Path dir;
  private final ManualClock clock = new ManualClock();
  private Database database;
  private Catalogue catalogue;
  private Ingests ingests;
  private NextVersions nextVersions;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(dir);
    catalogue = new Catalogue(database, clock);
    ingests = new Ingests(database, clock);
    nextVersions = new NextVersions(database, clock);
    Source source = Source.ofObject(Origin.ofObject("http://h/film"), new FileName("film"));
    catalogue.register(FILM, source, ADAPTER, c -> true);
    assertTrue(ingests.ready(onlyIngest(), FACTS, new byte[1]));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private IngestingVersion onlyIngest() {
    List<IngestingVersion> ingesting = ingests.ingesting();
    assertEquals(1, ingesting.size());
    return ingesting.get(0);
  }

  private Content film() {
    return catalogue.find(FILM).orElseThrow();
  }

  private NextVersion next() {
    return Objects.requireNonNull(film().next());
  }

  private Optional<Integer> begin(int version) {
    return nextVersions.begin(FILM, version, ADAPTER, id -> ADAPTER);
  }

  @Test
  void changeThatIsToldAgainBeginsNothingMore() {
    assertEquals(Optional.of(2), begin(1));
    assertEquals(Optional.empty(), begin(1));
    assertEquals(Optional.empty(), begin(2));
    assertEquals(2, next().version());
  }

  @Test
  void adapterThatDidNotReadTheVersionIsNotBelieved() {
    assertEquals(
        Optional.empty(), nextVersions.begin(FILM, 1, "http://other", id -> "http://other"));
  }

  @Test
  void neitherBeginningNorFailingChangesTheSnapshot() {
    long before = new Snapshots(database).read().version();
    begin(1);
    ingests.failed(onlyIngest(), "no");
    assertEquals(before, new Snapshots(database).read().version());
    begin(1);
    nextVersions.retryDue(id -> ADAPTER);
    assertEquals(before, new Snapshots(database).read().version());
  }

  @Test
  void failedVersionIsTriedAgainUnderNewNumbersAfterGrowingDelays() {
    begin(1);
    Duration expected = RetryDelay.FIRST;
    for (int version = 2; version < 12; version++) {
      assertEquals(version, onlyIngest().version());
      assertTrue(ingests.failed(onlyIngest(), "no " + version));
      assertEquals(ContentState.FAILED, next().state());
      assertEquals("no " + version, next().failure());
      assertEquals(clock.instant().plus(expected), next().retryAt());
      assertEquals(Optional.empty(), begin(1)); // told again: not a reason to hurry

      clock.advance(expected.minusMillis(1));
      nextVersions.retryDue(id -> ADAPTER);
      assertEquals(version, next().version());
      clock.advance(Duration.ofMillis(1));
      nextVersions.retryDue(id -> ADAPTER);
      expected = RetryDelay.after(version);
    }
    assertEquals(RetryDelay.LONGEST, expected);
    assertEquals(1, film().version());
    assertEquals(
        List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        new AdapterCommands(database)
            .pending(ADAPTER, 100).stream().map(Command::contentVersion).toList());
  }

  @Test
  void nextThatIsReadyTakesThePlaceOfThePresent() {
    begin(1);
    IngestingVersion second = onlyIngest();
    assertTrue(ingests.ready(second, FACTS, new byte[2]));
    assertEquals(2, film().version());
    assertEquals(ContentState.READY, film().state());
    assertEquals(null, film().next());
    assertEquals(2, catalogue.metainfo(FILM, 2).orElseThrow().length);
    assertEquals(Optional.empty(), catalogue.metainfo(FILM, 1));
    assertEquals(
        List.of(new Command(ADAPTER, "film", 1, Kind.FORGET)),
        new AdapterCommands(database).pending(ADAPTER, 100));
    assertFalse(ingests.ready(second, FACTS, new byte[2]), "only once");
  }

  @Test
  void supersededNextIsNeitherMadeReadyNorFailed() {
    begin(1);
    IngestingVersion second = onlyIngest();
    catalogue.purge(FILM, ADAPTER, c -> true);
    assertFalse(ingests.ready(second, FACTS, new byte[2]));
    assertFalse(ingests.failed(second, "no"));
    assertEquals(3, film().version());
    assertEquals(ContentState.INGESTING, film().state());
  }

  @Test
  void nextThatWaitsForAnAdapterWhichIsNotConfiguredMovesToOneThatIs() {
    begin(1);
    ingests.moveFromAllBut(List.of("http://other"), id -> "http://other");
    assertEquals("http://other", onlyIngest().adapter());
    assertEquals(ADAPTER, film().adapter());
  }
}
