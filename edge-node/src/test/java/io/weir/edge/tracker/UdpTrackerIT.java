package io.weir.edge.tracker;

import static io.weir.edge.fixture.Literals.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.TestContent;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.ScrapeStats;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UdpTrackerIT {
  private final TestContent film = TestContent.ofPieces("film", 1, 2);
  private final InfoHash filmHash = film.cached().metainfo().infoHash();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Tracker tracker =
      new Tracker(
          Catalogues.of(Catalogues.content(film, "127.0.0.1:6881", "[2001:db8::e]:6881")),
          TrackerLimits.defaults(),
          System::nanoTime,
          new Random(7),
          registry,
          (content, peer) -> {});

  @Test
  void clientConnectsAnnouncesAndScrapesWithEdgesFirst() throws Exception {
    try (UdpTracker udp = start("127.0.0.1");
        DatagramSocket client = client("127.0.0.1", udp)) {
      long id = connect(client);
      exchange(client, announce(id, 1111));
      Response.Announce announced =
          assertInstanceOf(Response.Announce.class, exchange(client, announce(id, 2222)));
      assertEquals(
          // The edge once more, behind the peer that shares its address.
          List.of(at("127.0.0.1", 6881), at("127.0.0.1", 1111), at("127.0.0.1", 6881)),
          announced.announce().peers());
      Response scraped = exchange(client, new Request.Scrape(id, 4, List.of(filmHash)));
      assertEquals(new Response.Scrape(4, List.of(new ScrapeStats(2, 0, 2))), scraped);
    }
  }

  @Test
  void ipv4ClientOfAnIpv6SocketIsAnIpv4Peer() throws Exception {
    try (UdpTracker udp = start("::")) {
      try (DatagramSocket client = client("127.0.0.1", udp)) {
        long id = connect(client);
        Response.Announce announced = (Response.Announce) exchange(client, announce(id, 1111));
        assertEquals(List.of(at("127.0.0.1", 6881)), announced.announce().peers());
      }
    }
  }

  @Test
  void ipv6ClientIsToldOfIpv6Peers() throws Exception {
    assumeTrue(hasIpv6());
    try (UdpTracker udp = start("::1");
        DatagramSocket client = client("::1", udp)) {
      long id = connect(client);
      Response.Announce announced = (Response.Announce) exchange(client, announce(id, 1111));
      assertEquals(List.of(at("2001:db8::e", 6881)), announced.announce().peers());
    }
  }

  @Test
  void burstIsAnsweredWhole() throws Exception {
    try (UdpTracker udp = start("127.0.0.1");
        DatagramSocket client = client("127.0.0.1", udp)) {
      for (int i = 0; i < 200; i++) {
        send(client, new Request.Connect(i));
      }
      for (int i = 0; i < 200; i++) {
        assertInstanceOf(Response.Connect.class, receive(client, false));
      }
    }
  }

  @Test
  void noiseIsNotAnswered() throws Exception {
    try (UdpTracker udp = start("127.0.0.1");
        DatagramSocket client = client("127.0.0.1", udp)) {
      client.send(new DatagramPacket(new byte[1], 1));
      client.send(new DatagramPacket(new byte[3_000], 3_000));
      client.send(
          new DatagramPacket("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 18));
      // Packets from one socket over loopback keep their order, so this answer is the first.
      assertTrue(connect(client) != 0);
      assertEquals(3, packets("malformed"));
    }
  }

  @Test
  void takenPortIsAnErrorThatNamesIt() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(at("127.0.0.1", 0))) {
      ListenAddress listen = new ListenAddress("127.0.0.1", taken.getLocalPort());
      IOException e = assertThrows(IOException.class, () -> start(listen));
      assertTrue(e.getMessage().contains(listen.toString()), e.getMessage());
    }
  }

  private UdpTracker start(String host) throws IOException {
    return start(new ListenAddress(host, 0));
  }

  private UdpTracker start(ListenAddress listen) throws IOException {
    return UdpTracker.start(listen, tracker, System::nanoTime, new SecureRandom(), registry);
  }

  private double packets(String outcome) {
    return registry.get("weir.tracker.udp.packets").tag("outcome", outcome).counter().count();
  }

  private static DatagramSocket client(String host, UdpTracker tracker) throws IOException {
    DatagramSocket socket = new DatagramSocket(at(host, 0));
    socket.connect(at(host, tracker.address().getPort()));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private long connect(DatagramSocket client) throws Exception {
    return ((Response.Connect) exchange(client, new Request.Connect(1))).connectionId();
  }

  private Request announce(long connectionId, int port) {
    return new Request.Announce(
        connectionId,
        2,
        new AnnounceRequest(filmHash, new byte[20], 0, 9, 0, Event.STARTED, 0, -1, port, true));
  }

  private static Response exchange(DatagramSocket client, Request request) throws Exception {
    send(client, request);
    return receive(client, client.getLocalAddress() instanceof Inet6Address);
  }

  private static void send(DatagramSocket client, Request request) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(2048);
    UdpTrackerCodec.encode(request, out);
    client.send(new DatagramPacket(out.array(), out.position()));
  }

  private static Response receive(DatagramSocket client, boolean ipv6)
      throws IOException, TrackerException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    client.receive(packet);
    return UdpTrackerCodec.decodeResponse(
        ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), ipv6);
  }

  private static boolean hasIpv6() {
    try (DatagramSocket probe = new DatagramSocket(at("::1", 0))) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
