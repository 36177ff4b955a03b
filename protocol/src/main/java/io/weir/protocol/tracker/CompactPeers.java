package io.weir.protocol.tracker;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Peers as address and port, big-endian, one after the other: 6 bytes each for IPv4 (BEP 23), 18
 * for IPv6 (BEP 7).
 */
final class CompactPeers {
  /** Peers kept of one answer; no client connects to more. */
  static final int MAX_PEERS = 1_000;

  /** Bytes of one peer. */
  static int entryBytes(boolean ipv6) {
    return (ipv6 ? 16 : 4) + Short.BYTES;
  }

  static boolean isOfFamily(InetSocketAddress peer, boolean ipv6) {
    return (peer.getAddress() instanceof Inet6Address) == ipv6;
  }

  /** Writes the peers of one family, as many as fit, in order. */
  static void encode(List<InetSocketAddress> peers, boolean ipv6, ByteBuffer out) {
    for (InetSocketAddress peer : peers) {
      if (isOfFamily(peer, ipv6)) {
        if (out.remaining() < entryBytes(ipv6)) {
          return;
        }
        out.put(peer.getAddress().getAddress()).putShort((short) peer.getPort());
      }
    }
  }

  /** The peers of one family as an array that holds them all. */
  static byte[] encode(List<InetSocketAddress> peers, boolean ipv6) {
    long count = peers.stream().filter(peer -> isOfFamily(peer, ipv6)).count();
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(count * entryBytes(ipv6)));
    encode(peers, ipv6, out);
    return out.array();
  }

  /**
   * Reads all remaining bytes. Dropped are peers without a port, those beyond the limit, and IPv4
   * addresses mapped into IPv6 (RFC 4291 section 2.5.5.2), whose place is the other list.
   */
  static List<InetSocketAddress> decode(ByteBuffer in, boolean ipv6) throws TrackerException {
    if (in.remaining() % entryBytes(ipv6) != 0) {
      throw new TrackerException(
          "peers: " + in.remaining() + " bytes are not entries of " + entryBytes(ipv6));
    }
    List<InetSocketAddress> peers = new ArrayList<>();
    byte[] address = new byte[ipv6 ? 16 : 4];
    while (in.hasRemaining() && peers.size() < MAX_PEERS) {
      in.get(address);
      InetSocketAddress peer =
          new InetSocketAddress(address(address), Short.toUnsignedInt(in.getShort()));
      if (peer.getPort() != 0 && isOfFamily(peer, ipv6)) {
        peers.add(peer);
      }
    }
    return peers;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private CompactPeers() {}
}
