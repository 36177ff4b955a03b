package io.weir.edge.socket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What one remote party can be taken to hold of the address space: an IPv4 address, or an IPv6 /64.
 * Caps are counted by it, since a /64 gives one host 2^64 addresses.
 *
 * @param network the IPv4 address, or the IPv6 address with its last 64 bits zero
 */
public record SourcePrefix(InetAddress network) {
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_PREFIX_BYTES = 8;

  /** The prefix that an address belongs to. */
  public static SourcePrefix of(InetAddress address) {
    InetAddress plain = plain(address);
    if (!(plain instanceof Inet6Address)) {
      return new SourcePrefix(plain);
    }
    byte[] masked = new byte[IPV6_BYTES];
    System.arraycopy(plain.getAddress(), 0, masked, 0, IPV6_PREFIX_BYTES);
    return new SourcePrefix(fromBytes(masked));
  }

  /**
   * An address without what the socket added to it: IPv4 where an IPv6 socket shows it mapped (RFC
   * 4291 section 2.5.5.2), and no scope.
   */
  public static InetAddress plain(InetAddress address) {
    return address instanceof Inet6Address ? fromBytes(address.getAddress()) : address;
  }

  private static InetAddress fromBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }
}
