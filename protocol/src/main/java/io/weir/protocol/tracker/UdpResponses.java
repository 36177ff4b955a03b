package io.weir.protocol.tracker;

import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What trackers send by UDP, as bytes (BEP 15). */
final class UdpResponses {
  private static final int HEADER_BYTES = 8;
  private static final int STATS_BYTES = 12;

  /** Reads from the buffer's position, which is left anywhere. */
  static Response decode(ByteBuffer in, boolean ipv6) throws TrackerException {
    requireAtLeast("response", HEADER_BYTES, in);
    int action = in.getInt();
    int transactionId = in.getInt();
    try {
      return switch (action) {
        case UdpTrackerCodec.CONNECT -> {
          requireAtLeast("connect", HEADER_BYTES + Long.BYTES, in);
          yield new Response.Connect(transactionId, in.getLong());
        }
        case UdpTrackerCodec.ANNOUNCE -> {
          requireAtLeast("announce", HEADER_BYTES + STATS_BYTES, in);
          int interval = in.getInt();
          int leechers = in.getInt();
          int seeders = in.getInt();
          yield new Response.Announce(
              transactionId,
              new AnnounceResponse(interval, seeders, leechers, CompactPeers.decode(in, ipv6)));
        }
        case UdpTrackerCodec.SCRAPE -> new Response.Scrape(transactionId, stats(in));
        case UdpTrackerCodec.ERROR -> new Response.Failure(transactionId, message(in));
        default -> throw new TrackerException("action: " + action + " is unknown");
      };
    } catch (IllegalArgumentException e) {
      throw new TrackerException(String.valueOf(e.getMessage()));
    }
  }

  static void encode(Response response, boolean ipv6, ByteBuffer out) {
    if (response instanceof Response.Connect connect) {
      UdpTrackerCodec.encodeConnect(connect.transactionId(), connect.connectionId(), out);
    } else if (response instanceof Response.Announce announce) {
      AnnounceResponse body = announce.announce();
      UdpTrackerCodec.encodeAnnounce(
          announce.transactionId(),
          body.intervalSeconds(),
          body.leechers(),
          body.seeders(),
          CompactPeers.of(body.peers()),
          ipv6,
          out);
    } else if (response instanceof Response.Scrape scrape) {
      header(UdpTrackerCodec.SCRAPE, scrape.transactionId(), out);
      for (ScrapeStats stats : scrape.stats()) {
        out.putInt(stats.seeders()).putInt(stats.completed()).putInt(stats.leechers());
      }
    } else if (response instanceof Response.Failure failure) {
      byte[] message = failure.message().getBytes(StandardCharsets.UTF_8);
      header(UdpTrackerCodec.ERROR, failure.transactionId(), out)
          .put(message, 0, Math.min(message.length, UdpTrackerCodec.MAX_FAILURE_BYTES));
    }
  }

  static ByteBuffer header(int action, int transactionId, ByteBuffer out) {
    return out.putInt(action).putInt(transactionId);
  }

  private static List<ScrapeStats> stats(ByteBuffer in) throws TrackerException {
    if (in.remaining() % STATS_BYTES != 0) {
      throw new TrackerException("scrape: " + in.remaining() + " bytes are not counts of 12");
    }
    List<ScrapeStats> stats = new ArrayList<>();
    while (in.hasRemaining() && stats.size() <= UdpTrackerCodec.MAX_SCRAPE_HASHES) {
      stats.add(new ScrapeStats(in.getInt(), in.getInt(), in.getInt()));
    }
    return stats;
  }

  private static String message(ByteBuffer in) {
    byte[] text = new byte[Math.min(in.remaining(), UdpTrackerCodec.MAX_FAILURE_BYTES)];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void requireAtLeast(String name, int bytes, ByteBuffer in)
      throws TrackerException {
    if (in.limit() < bytes) {
      throw new TrackerException(name + ": " + in.limit() + " bytes, less than " + bytes);
    }
  }

  private UdpResponses() {}
}
