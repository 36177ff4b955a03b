package io.weir.protocol.tracker;

import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** What clients send by UDP, as bytes (BEP 15). */
final class UdpRequests {
  /** Reads from the buffer's position, which is left alone. */
  static Request decode(ByteBuffer in) throws TrackerException {
    UdpRequestView view = new UdpRequestView();
    return switch (view.look(in)) {
      case CONNECT -> new Request.Connect(view.transactionId());
      case ANNOUNCE ->
          new Request.Announce(view.connectionId(), view.transactionId(), view.toAnnounceRequest());
      case SCRAPE ->
          new Request.Scrape(
              view.connectionId(),
              view.transactionId(),
              IntStream.range(0, view.infoHashes()).mapToObj(view::infoHash).toList());
    };
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

  private static void header(long connectionId, int action, Request request, ByteBuffer out) {
    out.putLong(connectionId).putInt(action).putInt(request.transactionId());
  }

  private static int number(Event event) {
    return switch (event) {
      case NONE -> 0;
      case COMPLETED -> 1;
      case STARTED -> 2;
      case STOPPED -> 3;
    };
  }

  private UdpRequests() {}
}
