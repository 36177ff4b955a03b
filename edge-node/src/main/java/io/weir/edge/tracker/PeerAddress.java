package io.weir.edge.tracker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Addresses as two words, so that neither a packet nor a remembered peer needs an object for its
 * own: the 16 bytes of IPv6, and IPv4 as IPv6 maps it (RFC 4291 section 2.5.5.2). So an IPv4 peer
 * is the same however the socket shows it.
 */
final class PeerAddress {
  private static final int IPV4_BYTES = 4;
  private static final long MAPPED = 0xffffL << 32;
  private static final long IPV4_MASK = 0xffffffffL;

  /** The first eight bytes. */
  static long high(byte[] address) {
    return address.length == IPV4_BYTES ? 0 : word(address, 0);
  }

  /** The last eight bytes. */
  static long low(byte[] address) {
    return address.length == IPV4_BYTES
        ? MAPPED | (word32(address, 0) & IPV4_MASK)
        : word(address, Long.BYTES);
  }

  static boolean isIpv6(long high, long low) {
    return high != 0 || (low & ~IPV4_MASK) != MAPPED;
  }

  /**
   * What one remote party can be taken to hold of the address space, as {@link
   * io.weir.edge.socket.SourcePrefix} has it: an IPv4 address or an IPv6 /64. Of one family only.
   */
  static long prefix(long high, long low) {
    return isIpv6(high, low) ? high : low;
  }

  /** Writes an address and its port as they travel (BEP 7, 23). */
  static void write(long high, long low, int port, byte[] out, int offset) {
    ByteBuffer entry = ByteBuffer.wrap(out).position(offset);
    if (isIpv6(high, low)) {
      entry.putLong(high).putLong(low).putShort((short) port);
    } else {
      entry.putInt((int) low).putShort((short) port);
    }
  }

  /** As the JDK has it. */
  static InetAddress toInetAddress(long high, long low) {
    byte[] bytes =
        isIpv6(high, low)
            ? ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array()
            : ByteBuffer.allocate(IPV4_BYTES).putInt((int) low).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }

  private static long word(byte[] bytes, int at) {
    return (long) word32(bytes, at) << 32 | (word32(bytes, at + Integer.BYTES) & IPV4_MASK);
  }

  private static int word32(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private PeerAddress() {}
}
