package io.weir.edge.tracker;

import java.util.Arrays;

/**
 * All remembered peers, of every swarm, in the order of their last announce. A peer is a number
 * here, good until it is removed; its record of {@value #RECORD_INTS} ints lies with those of
 * others in slabs, which grow with the audience and are filled again, never given back. Found by
 * swarm and address through chains of those who share swarm and prefix, of which there are few, so
 * that one walk both finds a peer and counts its neighbours.
 *
 * <p>Guarded by the tracker's lock.
 */
final class PeerTable {
  /** No peer. */
  static final int NONE = -1;

  private static final int RECORD_INTS = 13;
  private static final int ADDRESS = 0; // four ints
  private static final int PORT_AND_MARKS = 4;
  private static final int SWARM = 5;
  private static final int SLOT = 6;
  private static final int CHAIN = 7;
  private static final int EARLIER = 8;
  private static final int LATER = 9;
  private static final int LAST_ANNOUNCE = 10; // two ints
  private static final int PREFIX_HASH = 12;

  private static final int PORT_MASK = 0xffff;
  private static final int SEEDER = 1 << 16;
  private static final int COMPLETED = 1 << 17;

  private static final int SLAB_SHIFT = 10;
  private static final int SLAB_PEERS = 1 << SLAB_SHIFT;

  private final SipHash hash;
  private final int[] chains;
  private int[][] slabs = new int[0][];
  private int used;
  private int free = NONE;
  private int size;
  private int eldest = NONE;
  private int youngest = NONE;

  /**
   * An empty table.
   *
   * @param capacity peers that it is made to hold, one more is held for a moment
   * @param hash under a key of its own, so that no remote can choose who shares a chain
   */
  PeerTable(int capacity, SipHash hash) {
    this.hash = hash;
    chains = new int[Integer.highestOneBit(Math.max(capacity, 2) - 1) << 1];
    Arrays.fill(chains, NONE);
  }

  int size() {
    return size;
  }

  /** Where peers of this swarm and prefix are chained. */
  int prefixHash(int swarm, long high, long low) {
    return (int) hash.of(swarm, PeerAddress.prefix(high, low), 0) & (chains.length - 1);
  }

  /** The peer, or the bits flipped of how many others of its swarm share its prefix. */
  int find(int prefixHash, int swarm, long high, long low, int port) {
    boolean ipv6 = PeerAddress.isIpv6(high, low);
    int neighbours = 0;
    for (int peer = chains[prefixHash]; peer != NONE; peer = get(peer, CHAIN)) {
      if (get(peer, SWARM) == swarm) {
        long peerHigh = high(peer);
        long peerLow = low(peer);
        if (peerHigh == high && peerLow == low && port(peer) == port) {
          return peer;
        }
        if (PeerAddress.prefix(peerHigh, peerLow) == PeerAddress.prefix(high, low)
            && PeerAddress.isIpv6(peerHigh, peerLow) == ipv6) {
          neighbours++;
        }
      }
    }
    return ~neighbours;
  }

  /** Remembers a peer that is not remembered yet, as the youngest. */
  int add(int prefixHash, int swarm, long high, long low, int port, long nowNanos) {
    int peer = allocate();
    putLong(peer, ADDRESS, high);
    putLong(peer, ADDRESS + 2, low);
    put(peer, PORT_AND_MARKS, port);
    put(peer, SWARM, swarm);
    put(peer, PREFIX_HASH, prefixHash);
    put(peer, CHAIN, chains[prefixHash]);
    chains[prefixHash] = peer;
    putLong(peer, LAST_ANNOUNCE, nowNanos);
    append(peer);
    size++;
    return peer;
  }

  /** Marks a peer as just heard from. */
  void refresh(int peer, long nowNanos) {
    putLong(peer, LAST_ANNOUNCE, nowNanos);
    if (peer != youngest) {
      unlink(peer);
      append(peer);
    }
  }

  /** Forgets a peer; its number may mean another one at once. */
  void remove(int peer) {
    unlink(peer);
    unchain(peer);
    put(peer, CHAIN, free);
    free = peer;
    size--;
  }

  /** The peer silent longest of all, or {@link #NONE}. */
  int eldest() {
    return eldest;
  }

  int swarm(int peer) {
    return get(peer, SWARM);
  }

  long lastAnnounceNanos(int peer) {
    return getLong(peer, LAST_ANNOUNCE);
  }

  /** Whether one peer has been silent longer than another; of those silent as long, anyhow. */
  boolean isElder(int one, int other) {
    return lastAnnounceNanos(one) - lastAnnounceNanos(other) < 0;
  }

  boolean isIpv6(int peer) {
    return PeerAddress.isIpv6(high(peer), low(peer));
  }

  boolean isSeeder(int peer) {
    return (get(peer, PORT_AND_MARKS) & SEEDER) != 0;
  }

  void setSeeder(int peer, boolean seeder) {
    int marks = get(peer, PORT_AND_MARKS);
    put(peer, PORT_AND_MARKS, seeder ? marks | SEEDER : marks & ~SEEDER);
  }

  boolean hasCompleted(int peer) {
    return (get(peer, PORT_AND_MARKS) & COMPLETED) != 0;
  }

  void setCompleted(int peer) {
    put(peer, PORT_AND_MARKS, get(peer, PORT_AND_MARKS) | COMPLETED);
  }

  /** Where its pool holds it; the pool's alone. */
  int slot(int peer) {
    return get(peer, SLOT);
  }

  void setSlot(int peer, int slot) {
    put(peer, SLOT, slot);
  }

  /** Writes its address and port as they travel. */
  void write(int peer, byte[] out, int offset) {
    PeerAddress.write(high(peer), low(peer), port(peer), out, offset);
  }

  private long high(int peer) {
    return getLong(peer, ADDRESS);
  }

  private long low(int peer) {
    return getLong(peer, ADDRESS + 2);
  }

  private int port(int peer) {
    return get(peer, PORT_AND_MARKS) & PORT_MASK;
  }

  private int allocate() {
    if (free != NONE) {
      int peer = free;
      free = get(peer, CHAIN);
      return peer;
    }
    if (used >> SLAB_SHIFT == slabs.length) {
      slabs = Arrays.copyOf(slabs, slabs.length + 1);
      slabs[slabs.length - 1] = new int[SLAB_PEERS * RECORD_INTS];
    }
    return used++;
  }

  private void append(int peer) {
    put(peer, EARLIER, youngest);
    put(peer, LATER, NONE);
    if (youngest == NONE) {
      eldest = peer;
    } else {
      put(youngest, LATER, peer);
    }
    youngest = peer;
  }

  private void unlink(int peer) {
    int earlier = get(peer, EARLIER);
    int later = get(peer, LATER);
    if (earlier == NONE) {
      eldest = later;
    } else {
      put(earlier, LATER, later);
    }
    if (later == NONE) {
      youngest = earlier;
    } else {
      put(later, EARLIER, earlier);
    }
  }

  private void unchain(int peer) {
    int prefixHash = get(peer, PREFIX_HASH);
    int next = get(peer, CHAIN);
    if (chains[prefixHash] == peer) {
      chains[prefixHash] = next;
      return;
    }
    int before = chains[prefixHash];
    while (get(before, CHAIN) != peer) {
      before = get(before, CHAIN);
    }
    put(before, CHAIN, next);
  }

  private int get(int peer, int field) {
    return slabs[peer >> SLAB_SHIFT][(peer & (SLAB_PEERS - 1)) * RECORD_INTS + field];
  }

  private void put(int peer, int field, int value) {
    slabs[peer >> SLAB_SHIFT][(peer & (SLAB_PEERS - 1)) * RECORD_INTS + field] = value;
  }

  private long getLong(int peer, int field) {
    return (long) get(peer, field) << 32 | (get(peer, field + 1) & 0xffffffffL);
  }

  private void putLong(int peer, int field, long value) {
    put(peer, field, (int) (value >> 32));
    put(peer, field + 1, (int) value);
  }
}
