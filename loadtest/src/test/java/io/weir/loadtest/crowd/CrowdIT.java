package io.weir.loadtest.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.crowd.ParticipantResult.Kind;
import io.weir.loadtest.crowd.peer.LeechPeer;
import io.weir.loadtest.crowd.peer.LyingPeer;
import io.weir.loadtest.crowd.peer.PeerPlan;
import io.weir.loadtest.crowd.peer.PeerThreads;
import io.weir.loadtest.crowd.tracker.TestTracker;
import io.weir.loadtest.crowd.tracker.TrackerClients;
import io.weir.loadtest.origin.PlainOrigin;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CrowdIT {
  private static final String HOST = "127.0.0.1";
  private static final int LENGTH = 12_000_000;

  @TempDir Path dir;
  private final PeerThreads seedThreads = new PeerThreads();
  private TestContent content;
  private TestTracker tracker;
  private LeechPeer seed;

  @BeforeEach
  void startSeed() throws Exception {
    content = TestContent.make(dir.resolve("film.bin"), LENGTH, 256 * 1024, 1);
    tracker = TestTracker.start(0);
    PeerPlan plan =
        new PeerPlan(
            content.metainfo(), List.of(tracker.url()), Set.of(), HOST, content.file(), true, 99);
    seed = LeechPeer.start(plan, seedThreads, new TrackerClients(99));
    assertEquals(0, tracker.announces().take().leftBytes());
  }

  @AfterEach
  void stopSeed() {
    seed.stop().join();
    seedThreads.close();
    tracker.close();
  }

  @Test
  void peersCompleteFromOneSeedAndFromEachOther() throws Exception {
    CrowdResult result;
    try (Crowd crowd = Crowd.start(plan(6, 0, List.of()))) {
      result = crowd.result().get(20, TimeUnit.SECONDS);
      assertEquals(6, crowd.progress().peersDone());
    }

    assertTrue(result.allRight(), result.toString());
    assertEquals(6, result.participants().size());
    assertTrue(result.bytesFromPeers() > 0, result.toString());
    assertEquals(seed.traffic().sentBytes(), result.bytesFromEdges());
    assertEquals(
        6L * LENGTH + result.bytesWasted(), result.bytesFromEdges() + result.bytesFromPeers());
    assertEquals(0, result.corruptPieces());
  }

  @Test
  void everyPeerAnnouncesItsStartItsCompletionAndItsEnd() throws Exception {
    try (Crowd crowd = Crowd.start(plan(3, 0, List.of()))) {
      crowd.result().get(20, TimeUnit.SECONDS);
    }

    Map<Event, Integer> events = new EnumMap<>(Event.class);
    for (AnnounceRequest announce : tracker.announces()) {
      events.merge(announce.event(), 1, Integer::sum);
      assertEquals(announce.event() != Event.STARTED, announce.leftBytes() == 0);
    }
    events.remove(Event.NONE);
    assertEquals(Map.of(Event.STARTED, 3, Event.COMPLETED, 3, Event.STOPPED, 3), events);
  }

  @Test
  void aPeerThatLiesIsFoundOutAndDoesNotStopTheOthers() throws Exception {
    try (LyingPeer liar = LyingPeer.start(content.metainfo().swarmHash());
        Crowd crowd = startWith(liar)) {
      CrowdResult result = crowd.result().get(20, TimeUnit.SECONDS);

      assertTrue(result.allRight(), result.toString());
      assertTrue(result.corruptPieces() > 0, result.toString());
      assertTrue(liar.sentBytes() < LENGTH / 2, "lies " + liar.sentBytes());
    }
  }

  @Test
  void peersAndHttpClientsDownloadAtOnce() throws Exception {
    try (PlainOrigin origin = PlainOrigin.start(HOST, content.file());
        Crowd crowd = Crowd.start(plan(2, 3, List.of(origin.url())))) {
      CrowdResult result = crowd.result().get(20, TimeUnit.SECONDS);

      assertTrue(result.allRight(), result.toString());
      assertEquals(3L * LENGTH, result.bytesHttp());
      assertEquals(origin.bytesSent(), result.bytesHttp());
      assertEquals(
          3, result.participants().stream().filter(each -> each.kind() == Kind.HTTP).count());
      CrowdProgress progress = crowd.progress();
      assertEquals(5L * LENGTH, progress.bytesWanted());
      assertEquals(3, progress.clientsDone());
    }
  }

  @Test
  void wrongBytesByHttpFailTheirClientAlone() throws Exception {
    Path other = TestContent.make(dir.resolve("other.bin"), LENGTH, 256 * 1024, 2).file();
    try (PlainOrigin wrong = PlainOrigin.start(HOST, other);
        Crowd crowd = Crowd.start(plan(1, 1, List.of(wrong.url())))) {
      CrowdResult result = crowd.result().get(20, TimeUnit.SECONDS);

      assertFalse(result.allRight());
      assertTrue(result.participants().get(0).sha256Ok());
      ParticipantResult client = result.participants().get(1);
      assertFalse(client.sha256Ok());
      assertTrue(client.failure().startsWith("SHA-256 is "), client.failure());
    }
  }

  @Test
  void aClosedCrowdEndsEveryoneAndLeavesNoFiles() throws Exception {
    Path workDir = dir.resolve("work");
    Crowd crowd = Crowd.start(plan(2, 1, List.of("http://127.0.0.1:1/none")));
    crowd.close();

    assertFalse(crowd.result().get(5, TimeUnit.SECONDS).allRight());
    try (var files = Files.list(workDir)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aTorrentThatCannotBeReadIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Crowd.start(
                new CrowdPlan(new byte[] {1}, List.of(), Set.of(), "", 1, 0, dir, HOST, 1)));
  }

  private Crowd startWith(LyingPeer liar) throws Exception {
    tracker.add(liar.address());
    return Crowd.start(plan(3, 0, List.of()));
  }

  private CrowdPlan plan(int peers, int httpClients, List<String> urls) {
    Set<InetSocketAddress> edges = Set.of(seed.address());
    return new CrowdPlan(
        content.torrent(tracker.url()),
        urls,
        edges,
        content.sha256Hex(),
        peers,
        httpClients,
        dir.resolve("work"),
        HOST,
        7);
  }
}
