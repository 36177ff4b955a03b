package io.weir.edge.tracker;

import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.TestContent;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.ScrapeStats;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UdpExchangeTest {
  private static final InetAddress V4 = ip("192.0.2.1");
  private static final InetAddress V6 = ip("2001:db8::1");

  private final TestContent film = TestContent.ofPieces("film", 1, 2);
  private final InfoHash filmHash = film.cached().metainfo().infoHash();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Tracker tracker =
      new Tracker(
          Catalogues.of(Catalogues.content(film, "198.51.100.1:6881", "[2001:db8::e]:6881")),
          TrackerLimits.defaults(),
          () -> 0,
          new Random(7),
          registry,
          (content, peer) -> {});
  private final UdpExchange exchange =
      new UdpExchange(
          tracker,
          new ConnectionIds(new byte[ConnectionIds.KEY_BYTES], () -> 0),
          new UdpMetrics(registry));

  @Test
  void connectAnnounceScrapeAreAnswered() {
    long id = connect(V4);
    Response.Announce announced =
        assertInstanceOf(Response.Announce.class, exchange(V4, announce(id, filmHash)));
    assertEquals(9, announced.transactionId());
    assertEquals("198.51.100.1", announced.announce().peers().get(0).getHostString());
    Response.Scrape scraped =
        assertInstanceOf(
            Response.Scrape.class,
            exchange(V4, new Request.Scrape(id, 5, List.of(InfoHash.of(new byte[20]), filmHash))));
    assertEquals(List.of(new ScrapeStats(0, 0, 0), new ScrapeStats(2, 0, 1)), scraped.stats());
  }

  @Test
  void eachFamilyIsToldOfItsOwnPeers() {
    long v4 = connect(V4);
    long v6 = connect(V6);
    exchange(V4, announce(v4, filmHash));
    Response.Announce six = (Response.Announce) exchange(V6, announce(v6, filmHash));
    assertTrue(
        six.announce().peers().stream().allMatch(p -> p.getAddress() instanceof Inet6Address));
    assertEquals(1, six.announce().peers().size());
    Response.Announce four = (Response.Announce) exchange(V4, announce(v4, filmHash));
    assertTrue(
        four.announce().peers().stream().allMatch(p -> p.getAddress() instanceof Inet4Address));
  }

  @Test
  void connectIsAnsweredWithAsManyBytes() {
    assertEquals(16, reply(V4, packet(new Request.Connect(1))).remaining());
  }

  @Test
  void wrongConnectionIdIsAnsweredWithFewerBytesAndChangesNothing() {
    for (Request request :
        List.of(
            announce(1, filmHash),
            announce(connect(V6), filmHash),
            new Request.Scrape(1, 5, List.of(filmHash)))) {
      ByteBuffer packet = packet(request);
      ByteBuffer reply = reply(V4, packet);
      if (reply != null) {
        assertTrue(reply.remaining() <= packet.limit());
        assertInstanceOf(Response.Failure.class, decode(reply, false));
      }
    }
    assertEquals(0, tracker.peers());
    assertEquals(3, count("bad-connection-id"));
  }

  @Test
  void unregisteredTorrentIsAFailure() {
    Response answer = exchange(V4, announce(connect(V4), InfoHash.of(new byte[20])));
    assertEquals(new Response.Failure(9, "unregistered torrent"), answer);
  }

  @Test
  void largestScrapeFits() {
    Request all = new Request.Scrape(connect(V4), 5, Collections.nCopies(74, filmHash));
    assertEquals(74, ((Response.Scrape) exchange(V4, all)).stats().size());
  }

  @Test
  void largestAnnounceAnswerFits() {
    long id = connect(V6);
    for (int i = 0; i < 200; i++) {
      var unused =
          tracker.announce(
              Announce.byHttp(
                  ip("2001:db8:" + Integer.toHexString(i) + "::1"), request(filmHash, 1)),
              new Answer());
    }
    AnnounceRequest wantsAll =
        new AnnounceRequest(filmHash, new byte[20], 0, 9, 0, Event.NONE, 0, 5_000, 6881, true);
    ByteBuffer reply = reply(V6, packet(new Request.Announce(id, 1, wantsAll)));
    assertTrue(reply.remaining() <= UdpExchange.MAX_REPLY_BYTES);
    assertTrue(((Response.Announce) decode(reply, true)).announce().peers().size() > 60);
  }

  @Test
  void malformedPacketsAreDroppedAndCounted() {
    for (byte[] packet : List.of(new byte[0], new byte[15], new byte[16], new byte[98])) {
      assertNull(reply(V4, ByteBuffer.wrap(packet)));
    }
    assertEquals(4, count("malformed"));
  }

  @Test
  void randomPacketsAreNeverAmplified() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] packet = packet(announce(random.nextLong(), filmHash)).array();
      int flips = 1 + random.nextInt(10);
      for (int flip = 0; flip < flips; flip++) {
        packet[random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
      }
      ByteBuffer in = ByteBuffer.wrap(packet, 0, random.nextInt(packet.length + 1));
      int requestBytes = in.remaining();
      ByteBuffer reply = reply(V4, in);
      assertFalse(reply != null && reply.remaining() > requestBytes, "seed " + seed);
    }
    assertEquals(0, tracker.peers(), "seed " + seed);
  }

  private long connect(InetAddress source) {
    return ((Response.Connect) exchange(source, new Request.Connect(3))).connectionId();
  }

  private Response exchange(InetAddress source, Request request) {
    ByteBuffer reply = reply(source, packet(request));
    assertNotNull(reply);
    return decode(reply, source instanceof Inet6Address);
  }

  private ByteBuffer reply(InetAddress source, ByteBuffer packet) {
    ByteBuffer reply = ByteBuffer.allocate(UdpExchange.MAX_REPLY_BYTES);
    return exchange.answer(source, packet, reply) ? reply.flip() : null;
  }

  private double count(String outcome) {
    return registry.get("weir.tracker.udp.packets").tag("outcome", outcome).counter().count();
  }

  private static Request announce(long connectionId, InfoHash infoHash) {
    return new Request.Announce(connectionId, 9, request(infoHash, 6881));
  }

  private static AnnounceRequest request(InfoHash infoHash, int port) {
    return new AnnounceRequest(infoHash, new byte[20], 0, 9, 0, Event.STARTED, 0, -1, port, true);
  }

  private static ByteBuffer packet(Request request) {
    ByteBuffer out = ByteBuffer.allocate(2048);
    UdpTrackerCodec.encode(request, out);
    return ByteBuffer.allocate(out.position()).put(out.flip()).flip();
  }

  private static Response decode(ByteBuffer packet, boolean ipv6) {
    try {
      return UdpTrackerCodec.decodeResponse(packet, ipv6);
    } catch (TrackerException e) {
      throw new AssertionError(e);
    }
  }
}
