package io.weir.edge.tracker;

import io.weir.edge.tracker.Answer.Outcome;
import io.weir.protocol.tracker.CompactPeers;
import io.weir.protocol.tracker.ScrapeStats;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpRequestView;
import io.weir.protocol.tracker.UdpRequestView.Kind;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One packet in, at most one out (BEP 15), without a socket, and without garbage where a client
 * connects or announces. Until a client has shown a valid connection id, no answer is larger than
 * its request, so that the tracker amplifies no forged packet. Confined to one thread.
 */
final class UdpExchange {
  /** Largest answer: what every IPv6 path carries whole (RFC 8200 section 5, 1280 less headers). */
  static final int MAX_REPLY_BYTES = 1232;

  private static final int ANNOUNCE_HEAD_BYTES = 20;

  /** Room is left for the edge that may be named again. */
  private static final int MOST_IPV6_PEERS =
      (MAX_REPLY_BYTES - ANNOUNCE_HEAD_BYTES) / CompactPeers.IPV6_BYTES - 1;

  private static final ScrapeStats UNREGISTERED = new ScrapeStats(0, 0, 0);

  private final Tracker tracker;
  private final ConnectionIds connectionIds;
  private final UdpMetrics metrics;
  private final UdpRequestView request = new UdpRequestView();
  private final Announce announce = new Announce();
  private final Answer answer = new Answer();

  UdpExchange(Tracker tracker, ConnectionIds connectionIds, UdpMetrics metrics) {
    this.tracker = tracker;
    this.connectionIds = connectionIds;
    this.metrics = metrics;
  }

  /**
   * Answers one packet.
   *
   * @param source where it came from
   * @param packet borrowed for the call
   * @param reply at least {@value #MAX_REPLY_BYTES} bytes, written from its position
   * @return whether there is a reply to send
   */
  boolean answer(InetAddress source, ByteBuffer packet, ByteBuffer reply) {
    Kind kind;
    try {
      kind = request.look(packet);
    } catch (TrackerException e) {
      metrics.malformed.increment();
      return false;
    }
    announce.from(source);
    if (kind == Kind.CONNECT) {
      connect(reply);
      return true;
    }
    if (!connectionIds.isValid(request.connectionId(), announce.addressHigh, announce.addressLow)) {
      metrics.strangers.increment();
      int start = reply.position();
      fail("connection id is not valid", reply);
      return reply.position() - start <= request.bytes();
    }
    if (kind == Kind.ANNOUNCE) {
      announce(reply);
    } else {
      scrape(reply);
    }
    return true;
  }

  /** As long as its request. */
  private void connect(ByteBuffer reply) {
    metrics.connected.increment();
    UdpTrackerCodec.encodeConnect(
        request.transactionId(),
        connectionIds.issue(announce.addressHigh, announce.addressLow),
        reply);
  }

  private void announce(ByteBuffer reply) {
    announce.read(request, announce.ipv6 ? MOST_IPV6_PEERS : Tracker.MAX_NUM_WANT);
    Outcome outcome = tracker.announce(announce, answer);
    if (outcome != Outcome.ANSWERED) {
      metrics.refused.increment();
      fail(outcome.reason(), reply);
      return;
    }
    metrics.announced.increment();
    UdpTrackerCodec.encodeAnnounce(
        request.transactionId(),
        answer.intervalSeconds(),
        answer.leechers(),
        answer.seeders(),
        answer.peers(),
        announce.ipv6,
        reply);
  }

  private void scrape(ByteBuffer reply) {
    metrics.scraped.increment();
    List<ScrapeStats> stats = new ArrayList<>(request.infoHashes());
    for (int i = 0; i < request.infoHashes(); i++) {
      ScrapeStats known =
          tracker.scrape(
              request.infoHashHigh(i), request.infoHashMiddle(i), request.infoHashLow(i));
      // BEP 15 answers in the order asked, so an unregistered swarm keeps its place.
      stats.add(known == null ? UNREGISTERED : known);
    }
    UdpTrackerCodec.encode(
        new Response.Scrape(request.transactionId(), stats), announce.ipv6, reply);
  }

  private void fail(String message, ByteBuffer reply) {
    UdpTrackerCodec.encode(
        new Response.Failure(request.transactionId(), message), announce.ipv6, reply);
  }
}
