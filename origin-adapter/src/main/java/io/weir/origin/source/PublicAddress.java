package io.weir.origin.source;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Set;

/** Tells addresses of the public Internet from special-purpose ones (RFC 6890). */
final class PublicAddress {
  /** Protocol assignments, documentation (three of them), and 6to4 relays: networks of /24. */
  private static final Set<Integer> SPECIAL_V4_NETWORKS =
      Set.of(0xc00000, 0xc00002, 0xc63364, 0xcb0071, 0xc05863);

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
    int network = first << 16 | second << 8 | third;
    boolean sharedByCarriers = first == 100 && (second & 0xc0) == 64;
    boolean benchmarks = first == 198 && (second & 0xfe) == 18;
    return first != 0
        && first != 127
        && first < 224
        && !sharedByCarriers
        && !benchmarks
        && !SPECIAL_V4_NETWORKS.contains(network);
  }

  /**
   * Global unicast is 2000::/3, which leaves out mapped and NAT64 addresses; 6to4 in it carries an
   * IPv4 address that is not seen, and 2001::/23 (Teredo first of all) is for protocols.
   */
  private static boolean isPublicV6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    boolean sixToFour = first == 0x2002;
    boolean protocols = first == 0x2001 && second < 0x200;
    boolean documentation =
        (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
    return (first & 0xe000) == 0x2000 && !sixToFour && !protocols && !documentation;
  }

  private PublicAddress() {}
}
