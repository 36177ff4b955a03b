package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Values that tests of both tracker protocols share. */
final class Samples {
  /**
   * Its bytes need escaping in a query, or look as if they did: {@code %}, {@code +}, {@code &}.
   */
  static final InfoHash HASH = InfoHash.fromHex("00252b26ff7f3d2041" + "80".repeat(11));

  static final byte[] PEER_ID = "-WR0010-abcdefghijkl".getBytes(StandardCharsets.US_ASCII);

  static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static InetSocketAddress peer(String literal, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(literal), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static InfoHash randomHash(Random random) {
    return InfoHash.of(randomBytes(random, 20));
  }

  static AnnounceRequest randomRequest(Random random, boolean compact) {
    Event[] events = Event.values();
    return new AnnounceRequest(
        randomHash(random),
        randomBytes(random, 20),
        random.nextLong() >>> 1,
        random.nextBoolean() ? -1 : random.nextLong() >>> 1,
        random.nextLong() >>> 1,
        events[random.nextInt(events.length)],
        random.nextInt(),
        random.nextInt(100) - 1,
        1 + random.nextInt(65535),
        compact);
  }

  /** Peers of the families asked for. */
  static AnnounceResponse randomResponse(Random random, boolean ipv4, boolean ipv6) {
    List<InetSocketAddress> peers4 = randomPeers(random, "10.0.0.", ipv4 ? random.nextInt(20) : 0);
    List<InetSocketAddress> peers6 = randomPeers(random, "fd00::", ipv6 ? random.nextInt(20) : 0);
    return new AnnounceResponse(
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        IntStream.range(0, peers4.size() + peers6.size())
            .mapToObj(i -> i < peers4.size() ? peers4.get(i) : peers6.get(i - peers4.size()))
            .toList());
  }

  private static List<InetSocketAddress> randomPeers(Random random, String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> peer(prefix + random.nextInt(100), 1 + random.nextInt(65535)))
        .toList();
  }

  private static byte[] randomBytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Samples() {}
}
