package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * BEP 15 packets, both directions. Decoding borrows the packet and leaves its position unchanged;
 * encoding advances a big-endian buffer. Stateless, any thread.
 */
public final class UdpTrackerCodec {
  /** Most info-hashes in a scrape: what BEP 15 fits into one packet. */
  public static final int MAX_SCRAPE_HASHES = 74;

  /** Longest error message that is sent or kept, in bytes. */
  public static final int MAX_FAILURE_BYTES = 256;

  static final long CONNECT_MAGIC = 0x41727101980L;
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int SCRAPE = 2;
  static final int ERROR = 3;

  /** A packet from a client. */
  public sealed interface Request {
    /** Echoed in the response. */
    int transactionId();

    /**
     * Asks for a connection id.
     *
     * @param transactionId echoed in the response
     */
    record Connect(int transactionId) implements Request {}

    /**
     * Announces.
     *
     * @param connectionId as the tracker gave it to this address; not checked here
     * @param transactionId echoed in the response
     * @param announce always compact
     */
    record Announce(long connectionId, int transactionId, AnnounceRequest announce)
        implements Request {}

    /**
     * Asks for counts.
     *
     * @param connectionId as the tracker gave it to this address; not checked here
     * @param transactionId echoed in the response
     * @param infoHashes 1 to {@link #MAX_SCRAPE_HASHES}
     */
    record Scrape(long connectionId, int transactionId, List<InfoHash> infoHashes)
        implements Request {
      /** Validates and copies. */
      public Scrape {
        infoHashes = List.copyOf(infoHashes);
        if (infoHashes.isEmpty() || infoHashes.size() > MAX_SCRAPE_HASHES) {
          throw new IllegalArgumentException(
              "scrape: " + infoHashes.size() + " info-hashes, not 1 to " + MAX_SCRAPE_HASHES);
        }
      }
    }
  }

  /** A packet from a tracker. */
  public sealed interface Response {
    /** That of the request. */
    int transactionId();

    /**
     * Gives a connection id.
     *
     * @param transactionId that of the request
     * @param connectionId to be shown in what follows
     */
    record Connect(int transactionId, long connectionId) implements Response {}

    /**
     * Answers an announce.
     *
     * @param transactionId that of the request
     * @param announce peers of one family
     */
    record Announce(int transactionId, AnnounceResponse announce) implements Response {}

    /**
     * Answers a scrape.
     *
     * @param transactionId that of the request
     * @param stats in the order asked for, at most {@link #MAX_SCRAPE_HASHES}
     */
    record Scrape(int transactionId, List<ScrapeStats> stats) implements Response {
      /** Validates and copies. */
      public Scrape {
        stats = List.copyOf(stats);
        if (stats.size() > MAX_SCRAPE_HASHES) {
          throw new IllegalArgumentException("scrape: " + stats.size() + " counts");
        }
      }
    }

    /**
     * Refuses.
     *
     * @param transactionId that of the request
     * @param message for people; cut at {@link #MAX_FAILURE_BYTES}
     */
    record Failure(int transactionId, String message) implements Response {}
  }

  /**
   * Decodes a client's packet. What follows an announce's 98 bytes (the options of BEP 41) is
   * ignored.
   *
   * @throws TrackerException naming the field that cannot be
   */
  public static Request decodeRequest(ByteBuffer packet) throws TrackerException {
    return UdpRequests.decode(packet);
  }

  /**
   * Decodes a tracker's packet; peers are read as IPv6 where {@code ipv6}.
   *
   * @throws TrackerException naming the field that cannot be
   */
  public static Response decodeResponse(ByteBuffer packet, boolean ipv6) throws TrackerException {
    return UdpResponses.decode(packet.slice(), ipv6);
  }

  /** Writes a client's packet: 16 bytes, 98, or 16 and 20 for each info-hash. */
  public static void encode(Request request, ByteBuffer out) {
    UdpRequests.encode(request, out);
  }

  /** Writes as many peers of the wanted family as fit. */
  public static void encode(Response response, boolean ipv6, ByteBuffer out) {
    UdpResponses.encode(response, ipv6, out);
  }

  /** Writes a connection id: 16 bytes. */
  public static void encodeConnect(int transactionId, long connectionId, ByteBuffer out) {
    UdpResponses.header(CONNECT, transactionId, out).putLong(connectionId);
  }

  /** Writes an answer to an announce, with the peers of one family, as many as fit. */
  public static void encodeAnnounce(
      int transactionId,
      int intervalSeconds,
      int leechers,
      int seeders,
      CompactPeers peers,
      boolean ipv6,
      ByteBuffer out) {
    UdpResponses.header(ANNOUNCE, transactionId, out)
        .putInt(intervalSeconds)
        .putInt(leechers)
        .putInt(seeders);
    peers.write(ipv6, out);
  }

  private UdpTrackerCodec() {}
}
