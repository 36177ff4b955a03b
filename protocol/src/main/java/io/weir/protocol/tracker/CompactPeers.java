package io.weir.protocol.tracker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Peers as they travel: address and port, big-endian, one after the other, 6 bytes each for IPv4
 * (BEP 23), 18 for IPv6 (BEP 7), the two families apart. Filled in order, emptied, and filled
 * again; holds as many of each family as it was made for. One thread's.
 */
public final class CompactPeers {
  /** Bytes of an IPv4 peer. */
  public static final int IPV4_BYTES = 6;

  /** Bytes of an IPv6 peer. */
  public static final int IPV6_BYTES = 18;

  /** Peers kept of one answer; no client connects to more. */
  static final int MAX_PEERS = 1_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] ipv4;
  private final byte[] ipv6;
  private int ipv4Length;
  private int ipv6Length;

  /** Room for so many of each family. */
  public CompactPeers(int capacity) {
    ipv4 = new byte[capacity * IPV4_BYTES];
    ipv6 = new byte[capacity * IPV6_BYTES];
  }

  /** These peers, in this order. */
  static CompactPeers of(List<InetSocketAddress> peers) {
    CompactPeers compact = new CompactPeers(peers.size());
    for (InetSocketAddress peer : peers) {
      ByteBuffer address = ByteBuffer.wrap(peer.getAddress().getAddress());
      if (isOfFamily(peer, true)) {
        compact.addIpv6(address.getLong(), address.getLong(), peer.getPort());
      } else {
        compact.addIpv4(address.getInt(), peer.getPort());
      }
    }
    return compact;
  }

  /** Bytes of one peer. */
  public static int entryBytes(boolean ipv6) {
    return ipv6 ? IPV6_BYTES : IPV4_BYTES;
  }

  /** Removes all. */
  public void clear() {
    ipv4Length = 0;
    ipv6Length = 0;
  }

  /** Peers of a family. */
  public int count(boolean family6) {
    return family6 ? ipv6Length / IPV6_BYTES : ipv4Length / IPV4_BYTES;
  }

  /** Appends an IPv4 peer. */
  public void addIpv4(int address, int port) {
    INTS.set(ipv4, ipv4Length, address);
    SHORTS.set(ipv4, ipv4Length + Integer.BYTES, (short) port);
    ipv4Length += IPV4_BYTES;
  }

  /** Appends an IPv6 peer. */
  public void addIpv6(long addressHigh, long addressLow, int port) {
    LONGS.set(ipv6, ipv6Length, addressHigh);
    LONGS.set(ipv6, ipv6Length + Long.BYTES, addressLow);
    SHORTS.set(ipv6, ipv6Length + 2 * Long.BYTES, (short) port);
    ipv6Length += IPV6_BYTES;
  }

  /** Appends peers of one family that lie at an offset, one behind the other. */
  public void add(byte[] entries, int offset, int count, boolean family6) {
    if (family6) {
      System.arraycopy(entries, offset, ipv6, ipv6Length, count * IPV6_BYTES);
      ipv6Length += count * IPV6_BYTES;
    } else {
      System.arraycopy(entries, offset, ipv4, ipv4Length, count * IPV4_BYTES);
      ipv4Length += count * IPV4_BYTES;
    }
  }

  /** Appends the peer of this number of the same family again. */
  public void repeat(int number, boolean family6) {
    add(family6 ? ipv6 : ipv4, number * entryBytes(family6), 1, family6);
  }

  /** Whether two peers of one family have the same address, whatever their ports. */
  public boolean sameAddress(int one, int other, boolean family6) {
    if (!family6) {
      return (int) INTS.get(ipv4, one * IPV4_BYTES) == (int) INTS.get(ipv4, other * IPV4_BYTES);
    }
    int left = one * IPV6_BYTES;
    int right = other * IPV6_BYTES;
    return (long) LONGS.get(ipv6, left) == (long) LONGS.get(ipv6, right)
        && (long) LONGS.get(ipv6, left + Long.BYTES) == (long) LONGS.get(ipv6, right + Long.BYTES);
  }

  /** Writes the peers of one family, as many as fit, in order. */
  public void write(boolean family6, ByteBuffer out) {
    int bytes = entryBytes(family6);
    int room = out.remaining() / bytes * bytes;
    if (family6) {
      out.put(ipv6, 0, Math.min(ipv6Length, room));
    } else {
      out.put(ipv4, 0, Math.min(ipv4Length, room));
    }
  }

  /** Those of one family as addresses, in order. */
  public List<InetSocketAddress> toList(boolean family6) {
    ByteBuffer entries =
        family6 ? ByteBuffer.wrap(ipv6, 0, ipv6Length) : ByteBuffer.wrap(ipv4, 0, ipv4Length);
    List<InetSocketAddress> peers = new ArrayList<>();
    while (entries.hasRemaining()) {
      peers.add(take(entries, family6));
    }
    return peers;
  }

  /**
   * Reads all remaining bytes. Dropped are peers without a port, those beyond the limit, and IPv4
   * addresses mapped into IPv6 (RFC 4291 section 2.5.5.2), whose place is the other list.
   */
  static List<InetSocketAddress> decode(ByteBuffer in, boolean family6) throws TrackerException {
    if (in.remaining() % entryBytes(family6) != 0) {
      throw new TrackerException(
          "peers: " + in.remaining() + " bytes are not entries of " + entryBytes(family6));
    }
    List<InetSocketAddress> peers = new ArrayList<>();
    while (in.hasRemaining() && peers.size() < MAX_PEERS) {
      InetSocketAddress peer = take(in, family6);
      if (peer.getPort() != 0 && isOfFamily(peer, family6)) {
        peers.add(peer);
      }
    }
    return peers;
  }

  private static InetSocketAddress take(ByteBuffer in, boolean family6) {
    byte[] address = new byte[entryBytes(family6) - Short.BYTES];
    in.get(address);
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(address), Short.toUnsignedInt(in.getShort()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static boolean isOfFamily(InetSocketAddress peer, boolean family6) {
    return (peer.getAddress() instanceof Inet6Address) == family6;
  }
}
