package io.weir.edge.tracker;

import io.weir.protocol.tracker.CompactPeers;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Peers of one family and completeness in one swarm, as they travel and in random order, so that
 * those that stand together anywhere are a random choice, drawn with one copy. Takes memory in
 * proportion to its peers. Guarded by the tracker's lock.
 */
final class PeerPool {
  private static final int FEWEST = 4;
  private static final int[] NO_PEERS = {};
  private static final byte[] NO_ENTRIES = {};

  private final PeerTable table;
  private final boolean ipv6;
  private final int entryBytes;
  private int[] peers = NO_PEERS;
  private byte[] entries = NO_ENTRIES;
  private int size;

  PeerPool(PeerTable table, boolean ipv6) {
    this.table = table;
    this.ipv6 = ipv6;
    this.entryBytes = CompactPeers.entryBytes(ipv6);
  }

  int size() {
    return size;
  }

  /** The peer in this slot, 0 to size - 1. */
  int peer(int slot) {
    return peers[slot];
  }

  /** Puts a peer in a random place (Durstenfeld 1964, inside out). */
  void add(int peer, RandomGenerator random) {
    if (size == peers.length) {
      resize(Math.max(FEWEST, size + (size >> 1)));
    }
    int slot = random.nextInt(size + 1);
    move(slot, size);
    size++;
    peers[slot] = peer;
    table.setSlot(peer, slot);
    table.write(peer, entries, slot * entryBytes);
  }

  void remove(int peer) {
    size--;
    move(size, table.slot(peer));
    if (size == 0) {
      peers = NO_PEERS;
      entries = NO_ENTRIES;
    } else if (size < peers.length / 4) {
      resize(peers.length / 2);
    }
  }

  /**
   * Appends up to {@code count} distinct peers at random.
   *
   * @param except a peer not to name, which is in this pool, or {@link PeerTable#NONE}
   */
  void draw(int count, RandomGenerator random, int except, CompactPeers drawn) {
    int others = except == PeerTable.NONE ? size : size - 1;
    int left = Math.min(count, others);
    if (left <= 0) {
      return;
    }
    int skipped = except == PeerTable.NONE ? PeerTable.NONE : table.slot(except);
    int slot = random.nextInt(size);
    while (left > 0) {
      if (slot == skipped) {
        slot++;
      }
      if (slot >= size) {
        slot = 0;
        continue;
      }
      int end = skipped > slot ? skipped : size;
      int run = Math.min(left, end - slot);
      drawn.add(entries, slot * entryBytes, run, ipv6);
      left -= run;
      slot += run;
    }
  }

  /** Moves what is in one slot to another; what was there is lost. */
  private void move(int from, int to) {
    if (from != to) {
      int peer = peers[from];
      peers[to] = peer;
      table.setSlot(peer, to);
      System.arraycopy(entries, from * entryBytes, entries, to * entryBytes, entryBytes);
    }
  }

  private void resize(int length) {
    peers = Arrays.copyOf(peers, length);
    entries = Arrays.copyOf(entries, length * entryBytes);
  }
}
