package io.weir.origin.source;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses of the public Internet from special-purpose ones (RFC 6890). */
final class PublicAddress {
  /** False for loopback, link-local, private, shared, multicast, reserved and embedded ones. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean sharedByCarriers = first == 100 && (second & 0xc0) == 64;
    boolean protocolAssignments = first == 192 && second == 0 && third == 0;
    boolean benchmarks = first == 198 && (second & 0xfe) == 18;
    return first != 0
        && first != 127
        && first < 224
        && !sharedByCarriers
        && !protocolAssignments
        && !benchmarks;
  }

  /** Global unicast is 2000::/3; 6to4 and Teredo in it carry an IPv4 address that is not seen. */
  private static boolean isPublicV6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    boolean sixToFour = first == 0x2002;
    boolean teredo = first == 0x2001 && second == 0;
    return (first & 0xe000) == 0x2000 && !sixToFour && !teredo;
  }

  private PublicAddress() {}
}
