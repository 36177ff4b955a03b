package io.weir.protocol.tracker;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import io.weir.protocol.bencode.KeyOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP tracker's answer to an announce, bencoded (BEP 3, 7, 23), both directions. */
final class AnnounceReply {
  /** Texts of an address; anything else would have a resolver asked. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}"
              + "|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private static final int MAX_REASON_CHARS = 256;

  private static final byte[] COMPLETE = ascii("d8:complete");
  private static final byte[] INCOMPLETE = ascii("10:incomplete");
  private static final byte[] INTERVAL = ascii("8:interval");
  private static final byte[] MIN_INTERVAL = ascii("12:min interval");
  private static final byte[] PEERS = ascii("5:peers");
  private static final byte[] PEERS6 = ascii("6:peers6");

  /** All keys, four integers and two lengths. */
  private static final int MAX_HEAD_BYTES = 160;

  static byte[] encode(
      int intervalSeconds, int seeders, int leechers, CompactPeers peers, boolean compact) {
    if (!compact) {
      return encodeList(intervalSeconds, seeders, leechers, peers);
    }
    int ipv4Bytes = peers.count(false) * CompactPeers.IPV4_BYTES;
    int ipv6Bytes = peers.count(true) * CompactPeers.IPV6_BYTES;
    ByteBuffer out = ByteBuffer.allocate(MAX_HEAD_BYTES + ipv4Bytes + ipv6Bytes);
    integer(integer(out.put(COMPLETE), seeders).put(INCOMPLETE), leechers);
    integer(integer(out.put(INTERVAL), intervalSeconds).put(MIN_INTERVAL), intervalSeconds / 2);
    digits(out.put(PEERS), ipv4Bytes).put((byte) ':');
    peers.write(false, out);
    if (ipv6Bytes > 0) {
      digits(out.put(PEERS6), ipv6Bytes).put((byte) ':');
      peers.write(true, out);
    }
    out.put((byte) 'e');
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] encodeList(
      int intervalSeconds, int seeders, int leechers, CompactPeers peers) {
    List<BencodeValue> entries = new ArrayList<>();
    peers.toList(false).forEach(peer -> entries.add(entry(peer)));
    peers.toList(true).forEach(peer -> entries.add(entry(peer)));
    return Bencode.encode(
        BencodeDictionary.builder()
            .put("complete", seeders)
            .put("incomplete", leechers)
            .put("interval", intervalSeconds)
            .put("min interval", intervalSeconds / 2)
            .put("peers", new BencodeList(entries))
            .build());
  }

  private static ByteBuffer integer(ByteBuffer out, int value) {
    return digits(out.put((byte) 'i'), value).put((byte) 'e');
  }

  /** Writes a number, 0 or more, in decimal. */
  private static ByteBuffer digits(ByteBuffer out, int value) {
    int divisor = 1;
    while (value / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.put((byte) ('0' + value / divisor % 10));
    }
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static AnnounceResponse decode(byte[] body) throws TrackerException {
    try {
      BencodeDictionary reply =
          Bencode.decodeDictionary(ByteBuffer.wrap(body), BencodeLimits.TRACKER, KeyOrder.ANY);
      BencodeString reason = reply.findString("failure reason");
      if (reason != null) {
        throw new TrackerException("refused: " + bounded(reason.toString()));
      }
      int interval = (int) reply.integer("interval", 0, Integer.MAX_VALUE);
      List<InetSocketAddress> peers = peers(reply.find("peers"));
      BencodeString peers6 = reply.findString("peers6");
      if (peers6 != null) {
        peers.addAll(CompactPeers.decode(peers6.asBuffer(), true));
      }
      return new AnnounceResponse(
          interval, count(reply, "complete"), count(reply, "incomplete"), peers);
    } catch (BencodeException e) {
      throw new TrackerException("announce reply: " + e.getMessage());
    }
  }

  private static int count(BencodeDictionary reply, String key) throws BencodeException {
    Long count = reply.findInteger(key, 0, Integer.MAX_VALUE);
    return count == null ? 0 : count.intValue();
  }

  private static String bounded(String reason) {
    return reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARS));
  }

  private static BencodeDictionary entry(InetSocketAddress peer) {
    return BencodeDictionary.builder()
        .put("ip", peer.getAddress().getHostAddress())
        .put("port", peer.getPort())
        .build();
  }

  private static List<InetSocketAddress> peers(@Nullable BencodeValue peers)
      throws BencodeException, TrackerException {
    List<InetSocketAddress> decoded = new ArrayList<>();
    if (peers instanceof BencodeString compact) {
      decoded.addAll(CompactPeers.decode(compact.asBuffer(), false));
    } else if (peers instanceof BencodeList list) {
      for (BencodeValue entry : list.values()) {
        InetSocketAddress peer = peer(Bencode.asDictionary(entry));
        if (peer != null && decoded.size() < CompactPeers.MAX_PEERS) {
          decoded.add(peer);
        }
      }
    } else if (peers != null) {
      throw new TrackerException("announce reply: peers: neither a string nor a list");
    }
    return decoded;
  }

  /** Null where the tracker gives a name instead of an address, or no port. */
  private static @Nullable InetSocketAddress peer(BencodeDictionary entry) throws BencodeException {
    String ip = entry.text("ip");
    int port = (int) entry.integer("port", 0, 65535);
    if (port == 0 || !LITERAL.matcher(ip).matches()) {
      return null;
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private AnnounceReply() {}
}
