package io.weir.edge.tracker;

import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.edge.tracker.Answer.Outcome;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.ScrapeStats;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrackerTest {
  private static final List<Event> EVENTS = List.of(Event.values());
  private static final Duration INTERVAL = Duration.ofSeconds(100);
  private static final String EDGE_A = "198.51.100.1:6881";
  private static final String EDGE_B = "198.51.100.2:6881";
  private static final String EDGE_V6 = "[2001:db8::e]:6881";

  private final TestContent film = TestContent.ofPieces("film", 1, 2);
  private final TestContent song = TestContent.ofPieces("song", 2, 2);
  private final List<String> started = new ArrayList<>();
  private final InfoHash filmHash = film.cached().metainfo().infoHash();
  private final InfoHash songHash = song.cached().metainfo().infoHash();
  private final Catalogue catalogue =
      Catalogues.of(
          Catalogues.content(
              film, EDGE_A, EDGE_B, EDGE_V6, "198.51.100.4:6881", "198.51.100.5:6881"),
          Catalogues.content(song));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Answer answer = new Answer();
  private long nowNanos;
  private Tracker tracker = trackerWithin(new TrackerLimits(INTERVAL, 100, 1_000, 5));

  @Test
  void unregisteredInfoHashIsRefused() {
    assertEquals(Outcome.UNREGISTERED, outcome("192.0.2.1", leecher(InfoHash.of(new byte[20]), 1)));
    assertNull(tracker.scrape(InfoHash.of(new byte[20])));
    assertEquals(0, tracker.peers());
    assertEquals(1, count("weir.tracker.announces", "outcome", "refused"));
  }

  @Test
  void edgesComeFirstInTheirOrderAndTheCallersFamilyBeforeTheOther() {
    announce("192.0.2.1", leecher(filmHash, 1000));
    List<InetSocketAddress> peers = announce("192.0.2.2", leecher(filmHash, 2000)).peers();
    assertEquals(
        List.of(
            address(EDGE_A),
            address(EDGE_B),
            address("198.51.100.4:6881"),
            address("192.0.2.1:1000")),
        peers);
    assertEquals(address(EDGE_V6), announce("2001:db8::7", leecher(filmHash, 7)).peers().get(0));
  }

  @Test
  void edgeThatHasWithdrawnIsNamedToNobody() {
    tracker.withdraw(new NodeEndpoints("a", "http://a", EDGE_A, "udp://a:1", "http://a"));
    assertEquals(
        List.of(address(EDGE_B), address("198.51.100.4:6881"), address("198.51.100.5:6881")),
        announce("192.0.2.1", leecher(filmHash, 1000)).peers());
  }

  @Test
  void edgesCountAsSeeders() {
    AnnounceResponse answer = announce("192.0.2.1", leecher(filmHash, 1000));
    assertEquals(5, answer.seeders());
    assertEquals(1, answer.leechers());
  }

  @Test
  void callerIsNeverToldOfItself() {
    assertFalse(
        announce("198.51.100.1", leecher(filmHash, 6881)).peers().contains(address(EDGE_A)));
    AnnounceResponse again = announce("198.51.100.1", leecher(filmHash, 6881));
    assertFalse(again.peers().contains(address(EDGE_A)));
    assertEquals(1, again.leechers());
  }

  @Test
  void edgeThatAdvertisesANameIsLeftOut() {
    catalogue.replace(
        Catalogues.of(Catalogues.content(film, "edge.example:6881", "nonsense", EDGE_A))
            .snapshot());
    assertEquals(List.of(address(EDGE_A)), announce("192.0.2.1", leecher(filmHash, 1)).peers());
  }

  @Test
  void movedEdgesAreNamedAtTheNextAnnounce() {
    announce("192.0.2.1", leecher(filmHash, 1));
    catalogue.replace(Catalogues.of(Catalogues.content(film, EDGE_B)).snapshot());
    assertEquals(List.of(address(EDGE_B)), announce("192.0.2.1", leecher(filmHash, 1)).peers());
  }

  @Test
  void ofPeersASeederIsToldOfLeechersAlone() {
    announce("192.0.2.1", seeder(filmHash, 1));
    announce("192.0.2.2", leecher(filmHash, 2));
    List<InetSocketAddress> peers = announce("192.0.2.3", seeder(filmHash, 3)).peers();
    assertEquals(address(EDGE_A), peers.get(0));
    assertEquals(address("192.0.2.2:2"), peers.get(peers.size() - 1));
    assertFalse(peers.contains(address("192.0.2.1:1")));
  }

  @Test
  void edgeThatSharesItsAddressWithAPeerIsNamedFirstAndLast() {
    InetSocketAddress edge = address(EDGE_A);
    announce(edge.getAddress().getHostAddress(), leecher(filmHash, 7777));
    List<InetSocketAddress> peers = announce("192.0.2.9", leecher(filmHash, 1)).peers();
    assertTrue(peers.contains(new InetSocketAddress(edge.getAddress(), 7777)));
    assertEquals(peers.get(0), peers.get(peers.size() - 1));
  }

  @Test
  void leecherThatStartsIsToldOfByWhereItListens() {
    announce("192.0.2.1", leecher(filmHash, 1000));
    assertEquals(List.of(film.cached().contentId() + " /192.0.2.1:1000"), started);
  }

  @Test
  void seederThatStartsIsNotToldOf() {
    announce("192.0.2.1", seeder(filmHash, 1000));
    assertEquals(List.of(), started);
  }

  @Test
  void clientThatMayLackTheMetadataIsToldOfEdges() {
    List<InetSocketAddress> peers = announce("192.0.2.1", magnet(filmHash, 1)).peers();
    assertEquals(address(EDGE_A), peers.get(0));
  }

  @Test
  void bothHashesOfAHybridContentAreOneSwarm() {
    announce("192.0.2.1", leecher(songHash, 1));
    InfoHash v2 = song.cached().metainfo().infoHashV2().truncated();
    assertEquals(List.of(address("192.0.2.1:1")), announce("192.0.2.2", leecher(v2, 2)).peers());
    assertEquals(2, tracker.scrape(songHash).leechers());
    assertEquals(tracker.scrape(songHash), tracker.scrape(v2));
  }

  @Test
  void swarmsAreApart() {
    announce("192.0.2.1", leecher(songHash, 1));
    assertFalse(
        announce("192.0.2.2", leecher(filmHash, 2)).peers().contains(address("192.0.2.1:1")));
  }

  @Test
  void stoppedPeerIsGoneAndIsToldOfNobody() {
    announce("192.0.2.1", leecher(songHash, 1));
    announce("192.0.2.2", leecher(songHash, 2));
    AnnounceResponse bye = announce("192.0.2.1", request(songHash, 1, Event.STOPPED, 9, -1));
    assertEquals(List.of(), bye.peers());
    assertEquals(new ScrapeStats(0, 0, 1), tracker.scrape(songHash));
    announce("192.0.2.9", request(songHash, 1, Event.STOPPED, 9, -1));
    assertEquals(1, tracker.peers());
  }

  @Test
  void completionCountsOnceAPeer() {
    announce("192.0.2.1", leecher(songHash, 1));
    announce("192.0.2.1", request(songHash, 1, Event.COMPLETED, 0, -1));
    announce("192.0.2.1", request(songHash, 1, Event.COMPLETED, 0, -1));
    announce("192.0.2.2", request(songHash, 1, Event.COMPLETED, 0, -1));
    assertEquals(new ScrapeStats(2, 2, 0), tracker.scrape(songHash));
    announce("192.0.2.1", request(songHash, 1, Event.STOPPED, 0, -1));
    announce("192.0.2.2", request(songHash, 1, Event.STOPPED, 0, -1));
    assertEquals(new ScrapeStats(0, 2, 0), tracker.scrape(songHash));
  }

  @Test
  void peerWithoutMetadataYetIsALeecher() {
    announce("192.0.2.1", request(songHash, 1, Event.STARTED, -1, -1));
    assertEquals(1, tracker.scrape(songHash).leechers());
  }

  @Test
  void silentPeerIsForgottenAfterTwoIntervals() {
    announce("192.0.2.1", leecher(songHash, 1));
    nowNanos += INTERVAL.toNanos();
    announce("192.0.2.2", leecher(songHash, 2));
    nowNanos += INTERVAL.toNanos() - 1;
    assertEquals(2, tracker.scrape(songHash).leechers());
    nowNanos += 1;
    assertEquals(1, tracker.scrape(songHash).leechers());
    assertEquals(1, count("weir.tracker.peers.forgotten", "cause", "expired"));
  }

  @Test
  void announcedPeerLivesOn() {
    announce("192.0.2.1", leecher(songHash, 1));
    for (int i = 0; i < 5; i++) {
      nowNanos += INTERVAL.toNanos();
      announce("192.0.2.1", leecher(songHash, 1));
    }
    assertEquals(1, tracker.scrape(songHash).leechers());
  }

  @Test
  void intervalIsJitteredByAFifthAtMost() {
    Set<Integer> intervals = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      intervals.add(announce("192.0.2.1", leecher(songHash, 1)).intervalSeconds());
    }
    assertTrue(intervals.size() > 10);
    assertTrue(intervals.stream().allMatch(seconds -> seconds >= 100 && seconds <= 120));
  }

  @Test
  void asManyPeersAreNamedAsWantedUpToABound() {
    tracker = trackerWithin(new TrackerLimits(INTERVAL, 1_000, 1_000, 5));
    for (int i = 0; i < 200; i++) {
      announce("10.0.0." + i, leecher(songHash, 1));
    }
    assertEquals(50, wanted(-1).size());
    assertEquals(0, wanted(0).size());
    assertEquals(7, wanted(7).size());
    assertEquals(100, wanted(5_000).size());
    assertEquals(100, new HashSet<>(wanted(100)).size());
  }

  @Test
  void everyPeerIsNamedSometimes() {
    tracker = trackerWithin(new TrackerLimits(INTERVAL, 1_000, 1_000, 5));
    for (int i = 0; i < 100; i++) {
      announce("10.0.0." + i, i % 2 == 0 ? leecher(songHash, 1) : seeder(songHash, 1));
    }
    Set<InetSocketAddress> named = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      named.addAll(wanted(20));
    }
    assertEquals(100, named.size());
  }

  @Test
  void callersFamilyComesFirst() {
    for (int i = 0; i < 10; i++) {
      announce("10.0.0." + i, leecher(songHash, 1));
      announce("2001:db8:" + i + "::1", leecher(songHash, 1));
    }
    List<InetSocketAddress> peers = wanted(15);
    assertEquals(15, peers.size());
    assertTrue(peers.subList(0, 10).stream().allMatch(TrackerTest::isV4));
    assertFalse(peers.subList(10, 15).stream().anyMatch(TrackerTest::isV4));
  }

  @Test
  void fullSwarmForgetsWhoWasSilentLongest() {
    for (int i = 0; i <= 100; i++) {
      announce("10.0.0." + i, leecher(songHash, 1));
      nowNanos++;
    }
    assertEquals(100, tracker.scrape(songHash).leechers());
    assertEquals(100, tracker.peers());
    assertFalse(wanted(100).contains(address("10.0.0.0:1")));
    assertEquals(2, count("weir.tracker.peers.forgotten", "cause", "displaced"));
  }

  @Test
  void fullTrackerForgetsWhoWasSilentLongestInAnySwarm() {
    tracker = trackerWithin(new TrackerLimits(INTERVAL, 100, 3, 5));
    announce("10.0.0.1", leecher(filmHash, 1));
    announce("10.0.0.2", leecher(songHash, 1));
    announce("10.0.0.1", leecher(filmHash, 1));
    announce("10.0.0.3", leecher(songHash, 1));
    announce("10.0.0.4", leecher(songHash, 1));
    assertEquals(3, tracker.peers());
    assertEquals(1, tracker.scrape(filmHash).leechers());
    assertEquals(2, tracker.scrape(songHash).leechers());
  }

  @Test
  void onlySoManyPortsOfOneAddressAreRemembered() {
    for (int port = 1; port <= 8; port++) {
      announce("192.0.2.1", leecher(songHash, port));
      announce("2001:db8::" + port, leecher(songHash, 1));
    }
    assertEquals(10, tracker.scrape(songHash).leechers());
    assertEquals(6, registry.get("weir.tracker.peers.unremembered").counter().count());
    announce("192.0.2.1", request(songHash, 1, Event.STOPPED, 9, -1));
    announce("192.0.2.1", leecher(songHash, 8));
    assertEquals(10, tracker.scrape(songHash).leechers());
  }

  @Test
  void unregisteredSwarmDiesOut() {
    announce("192.0.2.1", leecher(songHash, 1));
    catalogue.replace(CatalogueSnapshot.empty());
    assertEquals(Outcome.UNASSIGNED, outcome("192.0.2.1", leecher(songHash, 1)));
    catalogue.replace(Catalogues.of(Catalogues.content(film)).snapshot());
    nowNanos += 2 * INTERVAL.toNanos();
    tracker.scrape(filmHash);
    assertEquals(0, tracker.peers());
  }

  @Test
  void withdrawnSwarmIsForgottenThoughItHasCompletions() {
    announce("192.0.2.1", request(songHash, 1, Event.COMPLETED, 0, -1));
    announce("192.0.2.1", request(songHash, 1, Event.STOPPED, 0, -1));
    announce("192.0.2.1", leecher(filmHash, 1));
    assertEquals(2, tracker.swarms());
    catalogue.replace(Catalogues.of(Catalogues.content(film)).snapshot());
    tracker.scrape(filmHash);
    assertEquals(1, tracker.swarms());
  }

  @Test
  void beforeTheFirstAssignmentNothingIsCalledUnregistered() {
    catalogue.replace(CatalogueSnapshot.empty());
    assertEquals(Outcome.UNASSIGNED, outcome("192.0.2.1", leecher(filmHash, 1)));
  }

  /** A flood from everywhere at once: many addresses, many ports of few, hashes known and not. */
  @Test
  void floodOfAnnouncesStaysWithinEveryBound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    tracker = trackerWithin(new TrackerLimits(INTERVAL, 300, 500, 4));
    byte[] hash = new byte[InfoHash.LENGTH_BYTES];
    for (int i = 0; i < 100_000; i++) {
      String source =
          switch (random.nextInt(3)) {
            case 0 -> "10." + random.nextInt(256) + "." + random.nextInt(256) + ".1";
            case 1 -> "192.0.2." + random.nextInt(4);
            default -> "2001:db8::" + Integer.toHexString(random.nextInt(1 << 16));
          };
      random.nextBytes(hash);
      InfoHash infoHash = List.of(filmHash, songHash, InfoHash.of(hash)).get(random.nextInt(3));
      var unused = outcome(source, leecher(infoHash, 1 + random.nextInt(65535)));
      if (i % 1_000 == 0) {
        assertWithinBounds(seed);
      }
    }
    assertWithinBounds(seed);
    assertEquals(500, tracker.peers(), "seed " + seed);
  }

  private void assertWithinBounds(long seed) {
    assertTrue(tracker.peers() <= 500, "seed " + seed);
    assertTrue(tracker.swarms() <= 2, "seed " + seed);
    assertTrue(tracker.scrape(filmHash).leechers() <= 300, "seed " + seed);
    assertTrue(tracker.scrape(songHash).leechers() <= 300, "seed " + seed);
  }

  @Test
  void countsStayTrueThroughAnyHistory() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    tracker = trackerWithin(new TrackerLimits(INTERVAL, 20, 30, 3));
    for (int i = 0; i < 20_000; i++) {
      nowNanos += random.nextLong(INTERVAL.toNanos() / 8);
      String source = random.nextBoolean() ? "10.0.0." : "2001:db8:0:";
      source += random.nextInt(12) + (source.contains(":") ? "::1" : "");
      AnnounceRequest request =
          request(
              random.nextBoolean() ? filmHash : songHash,
              1 + random.nextInt(5),
              EVENTS.get(random.nextInt(EVENTS.size())),
              random.nextInt(2),
              random.nextInt(30) - 1);
      AnnounceResponse answer = announce(source, request);
      assertEquals(
          answer.peers().size(), new HashSet<>(answer.peers()).size(), "twice; seed " + seed);
      assertFalse(
          answer.peers().contains(new InetSocketAddress(ip(source), request.port())),
          "itself; seed " + seed);
      ScrapeStats ofFilm = tracker.scrape(filmHash);
      ScrapeStats ofSong = tracker.scrape(songHash);
      int known = ofFilm.seeders() - 5 + ofFilm.leechers() + ofSong.seeders() + ofSong.leechers();
      assertEquals(tracker.peers(), known, "seed " + seed);
      assertTrue(known <= 30, "seed " + seed);
    }
  }

  private List<InetSocketAddress> wanted(int numWant) {
    return announce("192.0.2.77", request(songHash, 7777, Event.NONE, 9, numWant)).peers();
  }

  private AnnounceResponse announce(String source, AnnounceRequest request) {
    assertEquals(Outcome.ANSWERED, outcome(source, request));
    boolean ipv6 = source.contains(":");
    List<InetSocketAddress> peers = new ArrayList<>(answer.peers().toList(ipv6));
    peers.addAll(answer.peers().toList(!ipv6));
    return new AnnounceResponse(
        answer.intervalSeconds(), answer.seeders(), answer.leechers(), peers);
  }

  private Outcome outcome(String source, AnnounceRequest request) {
    return tracker.announce(Announce.byHttp(ip(source), request), answer);
  }

  private Tracker trackerWithin(TrackerLimits limits) {
    return new Tracker(
        catalogue,
        limits,
        () -> nowNanos,
        new Random(7),
        registry,
        (content, peer) -> started.add(content.id() + " " + peer));
  }

  private double count(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).counter().count();
  }

  private static AnnounceRequest leecher(InfoHash infoHash, int port) {
    return request(infoHash, port, Event.STARTED, 1_000, -1);
  }

  private static AnnounceRequest seeder(InfoHash infoHash, int port) {
    return new AnnounceRequest(infoHash, new byte[20], 5, 0, 0, Event.STARTED, 0, -1, port, true);
  }

  private static AnnounceRequest magnet(InfoHash infoHash, int port) {
    return request(infoHash, port, Event.STARTED, 0, -1);
  }

  private static AnnounceRequest request(
      InfoHash infoHash, int port, Event event, long leftBytes, int numWant) {
    return new AnnounceRequest(
        infoHash, new byte[20], 0, leftBytes, 0, event, 0, numWant, port, true);
  }

  private static boolean isV4(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address;
  }

  private static InetSocketAddress address(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    return new InetSocketAddress(
        ip(hostPort.substring(0, colon).replaceAll("[\\[\\]]", "")),
        Integer.parseInt(hostPort.substring(colon + 1)));
  }
}
