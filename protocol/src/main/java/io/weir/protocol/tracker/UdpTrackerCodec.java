package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.util.List;

/** STUB. BEP 15 packets, both directions. */
public final class UdpTrackerCodec {
  /** A packet from a client. */
  public sealed interface Request {
    int transactionId();

    record Connect(int transactionId) implements Request {}

    record Announce(long connectionId, int transactionId, AnnounceRequest announce)
        implements Request {}

    record Scrape(long connectionId, int transactionId, List<InfoHash> infoHashes)
        implements Request {}
  }

  /** A packet from a tracker. */
  public sealed interface Response {
    int transactionId();

    record Connect(int transactionId, long connectionId) implements Response {}

    record Announce(int transactionId, AnnounceResponse announce) implements Response {}

    record Scrape(int transactionId, List<ScrapeStats> stats) implements Response {}

    record Failure(int transactionId, String message) implements Response {}
  }

  /** Decodes a client's packet. */
  public static Request decodeRequest(ByteBuffer packet) throws TrackerException {
    throw new UnsupportedOperationException();
  }

  /** Decodes a tracker's packet; peers are read as IPv6 where {@code ipv6}. */
  public static Response decodeResponse(ByteBuffer packet, boolean ipv6) throws TrackerException {
    throw new UnsupportedOperationException();
  }

  public static void encode(Request request, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Writes as many peers of the wanted family as fit. */
  public static void encode(Response response, boolean ipv6, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  private UdpTrackerCodec() {}
}
