package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What clients send by UDP, as bytes (BEP 15). */
final class UdpRequests {
  private static final int HEADER_BYTES = 16;
  private static final int ANNOUNCE_BYTES = 98;

  /** Reads from the buffer's position, which is left anywhere. */
  static Request decode(ByteBuffer in) throws TrackerException {
    if (in.remaining() < HEADER_BYTES) {
      throw new TrackerException("request: " + in.remaining() + " bytes, less than 16");
    }
    long connectionId = in.getLong();
    int action = in.getInt();
    int transactionId = in.getInt();
    try {
      return switch (action) {
        case UdpTrackerCodec.CONNECT -> connect(connectionId, transactionId);
        case UdpTrackerCodec.ANNOUNCE -> announce(connectionId, transactionId, in);
        case UdpTrackerCodec.SCRAPE -> scrape(connectionId, transactionId, in);
        default -> throw new TrackerException("action: " + action + " is unknown");
      };
    } catch (IllegalArgumentException e) {
      throw new TrackerException(String.valueOf(e.getMessage()));
    }
  }

  static void encode(Request request, ByteBuffer out) {
    if (request instanceof Request.Connect connect) {
      header(UdpTrackerCodec.CONNECT_MAGIC, UdpTrackerCodec.CONNECT, connect, out);
    } else if (request instanceof Request.Announce announce) {
      header(announce.connectionId(), UdpTrackerCodec.ANNOUNCE, announce, out);
      AnnounceRequest body = announce.announce();
      out.put(body.infoHash().toBytes())
          .put(body.peerId())
          .putLong(body.downloadedBytes())
          .putLong(body.leftBytes())
          .putLong(body.uploadedBytes())
          .putInt(number(body.event()))
          .putInt(0)
          .putInt(body.key())
          .putInt(body.numWant())
          .putShort((short) body.port());
    } else if (request instanceof Request.Scrape scrape) {
      header(scrape.connectionId(), UdpTrackerCodec.SCRAPE, scrape, out);
      scrape.infoHashes().forEach(hash -> out.put(hash.toBytes()));
    }
  }

  private static Request connect(long magic, int transactionId) throws TrackerException {
    if (magic != UdpTrackerCodec.CONNECT_MAGIC) {
      throw new TrackerException("connect: wrong protocol id");
    }
    return new Request.Connect(transactionId);
  }

  private static Request announce(long connectionId, int transactionId, ByteBuffer in)
      throws TrackerException {
    if (in.limit() < ANNOUNCE_BYTES) {
      throw new TrackerException("announce: " + in.limit() + " bytes, less than 98");
    }
    InfoHash infoHash = InfoHash.of(take(in, InfoHash.LENGTH_BYTES));
    byte[] peerId = take(in, AnnounceRequest.PEER_ID_BYTES);
    long downloaded = in.getLong();
    long left = in.getLong();
    long uploaded = in.getLong();
    Event event = event(in.getInt());
    in.getInt(); // the address that the client claims
    int key = in.getInt();
    int numWant = Math.max(-1, in.getInt());
    int port = Short.toUnsignedInt(in.getShort());
    return new Request.Announce(
        connectionId,
        transactionId,
        new AnnounceRequest(
            infoHash, peerId, downloaded, left, uploaded, event, key, numWant, port, true));
  }

  private static Request scrape(long connectionId, int transactionId, ByteBuffer in)
      throws TrackerException {
    if (in.remaining() % InfoHash.LENGTH_BYTES != 0) {
      throw new TrackerException("scrape: " + in.remaining() + " bytes are not info-hashes of 20");
    }
    List<InfoHash> hashes = new ArrayList<>();
    while (in.hasRemaining() && hashes.size() <= UdpTrackerCodec.MAX_SCRAPE_HASHES) {
      hashes.add(InfoHash.of(take(in, InfoHash.LENGTH_BYTES)));
    }
    return new Request.Scrape(connectionId, transactionId, hashes);
  }

  private static void header(long connectionId, int action, Request request, ByteBuffer out) {
    out.putLong(connectionId).putInt(action).putInt(request.transactionId());
  }

  private static Event event(int number) throws TrackerException {
    return switch (number) {
      case 0 -> Event.NONE;
      case 1 -> Event.COMPLETED;
      case 2 -> Event.STARTED;
      case 3 -> Event.STOPPED;
      default -> throw new TrackerException("event: " + number + " is unknown");
    };
  }

  private static int number(Event event) {
    return switch (event) {
      case NONE -> 0;
      case COMPLETED -> 1;
      case STARTED -> 2;
      case STOPPED -> 3;
    };
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private UdpRequests() {}
}
