package io.weir.edge.control;

import static io.weir.edge.fixture.Await.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.StubControlPlane;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.edge.store.PieceStore;
import io.weir.edge.store.TestStore;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Catalogue.Lookup;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import io.weir.protocol.metainfo.Metainfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlLinkIT {
  private static final String TOKEN = "node-credential";
  private static final NodeEndpoints SELF = endpoints("self", 1);
  private static final NodeEndpoints OTHER = endpoints("other", 2);

  private final CountedBuffers buffers = new CountedBuffers();
  private final MemoryPieceStore store = new MemoryPieceStore(1 << 30, buffers.allocator());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final TestContent film = TestContent.ofPieces("film", 1, 4);
  private final TestContent remake = TestContent.ofPieces("film", 2, 5);
  private final List<ControlLink> links = new ArrayList<>();

  @TempDir private Path directory;
  private StubControlPlane controlPlane;
  private PieceCache cache;

  @BeforeEach
  void start() throws Exception {
    controlPlane = new StubControlPlane(TOKEN);
    controlPlane.metainfo("film/1", torrent(film));
    controlPlane.metainfo("film/2", torrent(remake));
    cache =
        new PieceCache(
            store,
            new FakeSource(buffers),
            Executors.newSingleThreadExecutor(),
            Executors.newSingleThreadExecutor(),
            timer,
            new CacheMetrics(new SimpleMeterRegistry()),
            CacheLimits.around(1 << 20),
            System::nanoTime);
  }

  @AfterEach
  void stop() {
    links.forEach(ControlLink::close);
    controlPlane.close();
    cache.close();
    timer.shutdownNow();
  }

  @Test
  void nodeRegistersAndServesWhatItIsAssigned() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film), ingesting("next")));
    Catalogue catalogue = new Catalogue();
    ControlLink link = link(catalogue);
    assertEquals(1, link.unready().size());
    start(link, SELF);
    until("ready", () -> catalogue.byId("film") instanceof Lookup.Ready);
    until("ready is told", () -> link.unready().isEmpty());
    assertEquals(SELF, controlPlane.registrations().get(0).endpoints());
    assertInstanceOf(Lookup.Ingesting.class, catalogue.byId("next"));
    assertInstanceOf(Lookup.Unknown.class, catalogue.byId("none"));
    Content content = ((Lookup.Ready) catalogue.byId("film")).content();
    assertTrue(content.assigned());
    assertEquals(List.of(OTHER, SELF), content.edges());
    assertNotNull(catalogue.byInfoHash(film.cached().metainfo().swarmHash()));
  }

  @Test
  void changedVersionSwapsTheCatalogueAndForgetsTheOldMetainfo() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("first", () -> catalogue.byId("film") instanceof Lookup.Ready);
    controlPlane.assign(assignment(6, ready("film", 2, remake)));
    until("second", () -> version(catalogue) == 2);
    assertNull(catalogue.byInfoHash(film.cached().metainfo().swarmHash()));
    until("only one is kept", () -> !Files.exists(metainfoFile(1)));
    assertTrue(Files.exists(metainfoFile(2)));
  }

  @Test
  void lowerVersionIsTakenToo() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("first", () -> catalogue.byId("film") instanceof Lookup.Ready);
    controlPlane.assign(assignment(2));
    until("second", () -> catalogue.byId("film") instanceof Lookup.Unknown);
  }

  @Test
  void nodeServesFromDiskWithTheControlPlaneDown() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film), ingesting("next")));
    Catalogue before = new Catalogue();
    ControlLink first = link(before);
    start(first, SELF);
    until("ready", () -> before.byId("film") instanceof Lookup.Ready);
    first.close();
    controlPlane.close();

    Catalogue after = new Catalogue();
    ControlLink second = link(after);
    second.restore();
    assertTrue(second.unready().isEmpty());
    assertInstanceOf(Lookup.Ready.class, after.byId("film"));
    assertInstanceOf(Lookup.Ingesting.class, after.byId("next"));
    NodeEndpoints moved = endpoints("self", 9);
    start(second, moved);
    assertEquals(List.of(OTHER, moved), ((Lookup.Ready) after.byId("film")).content().edges());
  }

  @Test
  void restartedNodeAsksForChangesAloneAndFetchesNothingTwice() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue before = new Catalogue();
    ControlLink first = link(before);
    start(first, SELF);
    until("ready", () -> before.byId("film") instanceof Lookup.Ready);
    first.close();
    ControlLink second = link(new Catalogue());
    second.restore();
    int asked = controlPlane.askedAfter().size();
    start(second, SELF);
    until("asked", () -> controlPlane.askedAfter().size() > asked);
    assertEquals(5, controlPlane.askedAfter().get(asked));
    assertEquals(1, controlPlane.metainfoRequests());
  }

  @Test
  void damagedFilesAreFetchedAgain() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue before = new Catalogue();
    ControlLink first = link(before);
    start(first, SELF);
    until("ready", () -> before.byId("film") instanceof Lookup.Ready);
    first.close();
    byte[] torrent = Files.readAllBytes(metainfoFile(1));
    Files.write(metainfoFile(1), Arrays.copyOf(torrent, torrent.length / 2));

    Catalogue after = new Catalogue();
    ControlLink second = link(after);
    second.restore();
    assertInstanceOf(Lookup.Ingesting.class, after.byId("film"));
    start(second, SELF);
    until("ready again", () -> after.byId("film") instanceof Lookup.Ready);
    assertEquals(torrent.length, Files.size(metainfoFile(1)));
  }

  @Test
  void metainfoOfAnotherTorrentIsNeverServed() throws Exception {
    controlPlane.metainfo("film/1", torrent(remake));
    controlPlane.assign(assignment(5, ready("film", 1, film), ready("album", 1, remake)));
    controlPlane.metainfo("album/1", torrent(remake));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("the other is ready", () -> catalogue.byId("album") instanceof Lookup.Ready);
    assertInstanceOf(Lookup.Ingesting.class, catalogue.byId("film"));
    assertFalse(Files.exists(metainfoFile(1)));
    controlPlane.metainfo("film/1", torrent(film));
    until("the right one is taken", () -> catalogue.byId("film") instanceof Lookup.Ready);
  }

  @Test
  void metainfoThatIsLateIsAskedForAgain() throws Exception {
    controlPlane.assign(assignment(5, ready("late", 1, film)));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("asked", () -> controlPlane.metainfoRequests() > 0);
    controlPlane.metainfo("late/1", torrent(film));
    until("ready", () -> catalogue.byId("late") instanceof Lookup.Ready);
  }

  @Test
  void nodeThatWasForgottenRegistersAgainAndStartsOver() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("ready", () -> catalogue.byId("film") instanceof Lookup.Ready);
    controlPlane.assign(assignment(5));
    controlPlane.forget();
    until("registered again", () -> controlPlane.registrations().size() == 2);
    until("the new count is believed", () -> catalogue.byId("film") instanceof Lookup.Unknown);
  }

  @Test
  void heartbeatsTellWhatIsHeldWhileAPollWaits() throws Exception {
    controlPlane.assign(assignment(5, ready("film", 1, film)));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("ready", () -> catalogue.byId("film") instanceof Lookup.Ready);
    until("beats", () -> controlPlane.heartbeats() >= 2);
    assertEquals(List.of(new Holding("film", 1, 0, 4)), controlPlane.heartbeat().holdings());
    assertEquals(5, controlPlane.heartbeat().assignmentVersion());
    long ordinal = store.ordinalOf("film", 1, film.cached().metainfo().swarmHash());
    for (int piece = 0; piece < 4; piece++) {
      TestStore.put(
          store, ordinal, piece, film.piece(piece), PieceStore.Eviction.ANY, buffers.allocator());
    }
    until(
        "all is held",
        () -> controlPlane.heartbeat().holdings().equals(List.of(new Holding("film", 1, 4, 4))));
    assertEquals(film.bytes().length, controlPlane.heartbeat().storedBytes());
  }

  @Test
  void contentOfOtherNodesIsServedButNotReported() throws Exception {
    AssignedContent elsewhere =
        new AssignedContent("film", 1, true, v1(film), v2(film), List.of("other"), "http://x");
    controlPlane.assign(assignment(5, elsewhere));
    Catalogue catalogue = new Catalogue();
    start(link(catalogue), SELF);
    until("ready", () -> catalogue.byId("film") instanceof Lookup.Ready);
    until("beats", () -> controlPlane.heartbeats() >= 1);
    assertEquals(List.of(), controlPlane.heartbeat().holdings());
    assertFalse(((Lookup.Ready) catalogue.byId("film")).content().assigned());
  }

  private ControlLink link(Catalogue catalogue) throws Exception {
    ControlLink link =
        new ControlLink(
            new ControlLink.Settings(
                "self",
                controlPlane.url(),
                BearerToken.of(TOKEN),
                directory,
                Duration.ofMillis(20)),
            catalogue,
            cache,
            new Random(1));
    links.add(link);
    return link;
  }

  private static void start(ControlLink link, NodeEndpoints self) {
    link.start(new NodeRegistration(self, 1 << 30, "test"));
  }

  private Path metainfoFile(int version) {
    return directory.resolve("metainfo/film." + version + ".torrent");
  }

  private static int version(Catalogue catalogue) {
    return catalogue.byId("film") instanceof Lookup.Ready ready
        ? ready.content().cached().contentVersion()
        : 0;
  }

  private static Assignment assignment(long version, AssignedContent... contents) {
    return new Assignment(version, List.of(contents), List.of(endpoints("self", 7), OTHER));
  }

  private static AssignedContent ready(String id, int version, TestContent content) {
    return new AssignedContent(
        id, version, true, v1(content), v2(content), List.of("other", "self"), "http://adapter");
  }

  private static AssignedContent ingesting(String id) {
    return new AssignedContent(id, 1, false, null, null, List.of("self"), "http://adapter");
  }

  private static String v1(TestContent content) {
    return content.cached().metainfo().infoHash().toHex();
  }

  private static String v2(TestContent content) {
    return content.cached().metainfo().infoHashV2().toHex();
  }

  private static byte[] torrent(TestContent content) {
    Metainfo metainfo = content.cached().metainfo();
    return metainfo.toTorrent(List.of(), List.of());
  }

  private static NodeEndpoints endpoints(String id, int port) {
    return new NodeEndpoints(
        id,
        "http://10.0.0.1:" + port,
        "10.0.0.1:" + port,
        "udp://10.0.0.1:" + port,
        "http://10.0.0.1:" + port);
  }
}
