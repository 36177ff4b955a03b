package io.weir.edge.tracker;

import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.ScrapeStats;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One packet in, at most one out (BEP 15), without a socket. Until a client has shown a valid
 * connection id, no answer is larger than its request, so that the tracker amplifies no forged
 * packet. Confined to one thread.
 */
final class UdpExchange {
  /** Largest answer: what every IPv6 path carries whole (RFC 8200 section 5, 1280 less headers). */
  static final int MAX_REPLY_BYTES = 1232;

  private static final ScrapeStats UNREGISTERED = new ScrapeStats(0, 0, 0);

  private final Tracker tracker;
  private final ConnectionIds connectionIds;
  private final UdpMetrics metrics;

  UdpExchange(Tracker tracker, ConnectionIds connectionIds, UdpMetrics metrics) {
    this.tracker = tracker;
    this.connectionIds = connectionIds;
    this.metrics = metrics;
  }

  /**
   * Answers one packet.
   *
   * @param source where it came from, an IPv4 address as IPv4
   * @param packet borrowed for the call
   * @param reply at least {@value #MAX_REPLY_BYTES} bytes, written from its position
   * @return whether there is a reply to send
   */
  boolean answer(InetAddress source, ByteBuffer packet, ByteBuffer reply) {
    int requestBytes = packet.remaining();
    Request request;
    try {
      request = UdpTrackerCodec.decodeRequest(packet);
    } catch (TrackerException e) {
      metrics.malformed.increment();
      return false;
    }
    boolean known = isKnown(source, request);
    Response response =
        known ? respond(source, request) : failure(request, "connection id is not valid");
    int start = reply.position();
    UdpTrackerCodec.encode(response, source instanceof Inet6Address, reply);
    if (!known) {
      metrics.strangers.increment();
    }
    boolean proven = known && !(request instanceof Request.Connect);
    return proven || reply.position() - start <= requestBytes;
  }

  private boolean isKnown(InetAddress source, Request request) {
    if (request instanceof Request.Announce announce) {
      return connectionIds.isValid(announce.connectionId(), source);
    }
    if (request instanceof Request.Scrape scrape) {
      return connectionIds.isValid(scrape.connectionId(), source);
    }
    return true;
  }

  private Response respond(InetAddress source, Request request) {
    if (request instanceof Request.Announce announce) {
      return announce(source, request, announce.announce());
    }
    if (request instanceof Request.Scrape scrape) {
      return scrape(scrape);
    }
    metrics.connected.increment();
    return new Response.Connect(request.transactionId(), connectionIds.issue(source));
  }

  private Response announce(InetAddress source, Request request, AnnounceRequest announce) {
    Tracker.Answer answer = tracker.announce(source, announce);
    if (answer instanceof Tracker.Answer.Peers peers) {
      metrics.announced.increment();
      return new Response.Announce(request.transactionId(), peers.response());
    }
    metrics.refused.increment();
    return failure(request, ((Tracker.Answer.Refused) answer).reason());
  }

  private Response scrape(Request.Scrape request) {
    metrics.scraped.increment();
    List<ScrapeStats> stats = new ArrayList<>(request.infoHashes().size());
    for (var infoHash : request.infoHashes()) {
      ScrapeStats known = tracker.scrape(infoHash);
      // BEP 15 answers in the order asked, so an unregistered swarm keeps its place.
      stats.add(known == null ? UNREGISTERED : known);
    }
    return new Response.Scrape(request.transactionId(), stats);
  }

  private static Response failure(Request request, String message) {
    return new Response.Failure(request.transactionId(), message);
  }
}
