package io.weir.loadtest.rig.tracker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.HttpTrackerCodec;
import java.nio.charset.StandardCharsets;

/**
 * Announces as HTTP/1.1 requests, written once a swarm, and where in an answer what is. Parses no
 * more of an answer than must be known of each.
 */
final class AnnounceRequests {
  private static final ByteBuf HEAD_END = needle("\r\n\r\n");
  private static final ByteBuf LENGTH = needle("\r\nContent-Length: ");
  private static final ByteBuf PEERS = needle("5:peers");
  private static final int PEER_BYTES = 6;

  private final byte[][] ofSeeds;
  private final byte[][] ofLeechers;

  AnnounceRequests(TrackerPlan plan) {
    ofSeeds = requests(plan, 0);
    ofLeechers = requests(plan, 1);
  }

  /** The next announce of a source; returns owned. */
  ByteBuf get(ByteBufAllocator allocator, Source source) {
    byte[] request = (source.isSeed() ? ofSeeds : ofLeechers)[source.nextSwarm()];
    return allocator.directBuffer(request.length).writeBytes(request);
  }

  /**
   * Where the body of an answer begins, negative where the answer is not whole yet; borrows.
   *
   * @param answer from its status line on
   */
  static int bodyOf(ByteBuf answer) {
    int end = ByteBufUtil.indexOf(HEAD_END, answer);
    int length = ByteBufUtil.indexOf(LENGTH, answer);
    if (end < 0 || length < 0) {
      return -1;
    }
    int body = end + HEAD_END.readableBytes();
    return answer.writerIndex() - body >= number(answer, length + LENGTH.readableBytes())
        ? body
        : -1;
  }

  /** Compact IPv4 peers in a bencoded answer, negative where it is not one with peers; borrows. */
  static int peersIn(ByteBuf answer, int body) {
    ByteBuf bencoded = answer.slice(body, answer.writerIndex() - body);
    int peers = ByteBufUtil.indexOf(PEERS, bencoded);
    return peers < 0 ? -1 : number(bencoded, peers + PEERS.readableBytes()) / PEER_BYTES;
  }

  private static byte[][] requests(TrackerPlan plan, long left) {
    return plan.infoHashes().stream()
        .map(infoHash -> request(plan, infoHash, left))
        .toArray(byte[][]::new);
  }

  private static byte[] request(TrackerPlan plan, InfoHash infoHash, long left) {
    AnnounceRequest announce =
        new AnnounceRequest(
            infoHash,
            UdpAnnouncer.PEER_ID.clone(),
            1,
            left,
            0,
            Event.NONE,
            1,
            plan.numWant(),
            Source.PEER_PORT,
            true);
    return ascii(
        "GET /announce?"
            + HttpTrackerCodec.formatAnnounce(announce)
            + " HTTP/1.1\r\nHost: "
            + plan.tracker().getHostString()
            + ':'
            + plan.tracker().getPort()
            + "\r\nUser-Agent: weir-loadtest\r\nAccept-Encoding: gzip"
            + (plan.transport() == Transport.HTTP ? "" : "\r\nConnection: close")
            + "\r\n\r\n");
  }

  private static int number(ByteBuf in, int from) {
    int number = 0;
    for (int at = from; at < in.writerIndex(); at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static ByteBuf needle(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(ascii(text)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
