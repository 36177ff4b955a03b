package io.weir.edge.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The unanswered requests of one peer in order of arrival. Each is either pending, that is to be
 * looked up, or waits for a part of its piece. A block asked for again before it is answered is one
 * request. Confined to one thread.
 *
 * <p>Bounds: requests, and the bytes that they ask for. Requests live in numbered slots, arrays of
 * primitives that grow with the most that the peer has had unanswered at once: nothing is allocated
 * for a request, and next to nothing for a peer that never asks. A slot's number is good until its
 * request is struck out.
 */
final class RequestLedger {
  /** No request. */
  static final int NONE = SlotList.NONE;

  private static final int FIRST_SLOTS = 16;

  /** Slots of the hash table for each of the ledger's: lookups stay at one or two probes. */
  private static final int SPREAD = 4;

  /** Scatters products over the upper bits (Knuth, 6.4). */
  private static final int SCATTER = 0x9E3779B9;

  private final int capacity;
  private final long capacityBytes;
  private final SlotList unanswered = new SlotList();
  private final SlotList pending = new SlotList();
  private final SlotList free = new SlotList();
  private int[] pieces = {};
  private int[] begins = {};
  private int[] lengths = {};
  private int[] awaited = {};
  private long[] arrivedNanos = {};
  private int[] table = {};
  private int size;
  private long sizeBytes;

  /** Empty, with room for this many requests and bytes. */
  RequestLedger(int capacity, long capacityBytes) {
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
  }

  /** Notes a request that arrives now; false if there is no room. */
  boolean offer(int piece, int begin, int lengthBytes, long nowNanos) {
    if (find(piece, begin, lengthBytes) != NONE) {
      return true;
    }
    if (size == capacity || sizeBytes + lengthBytes > capacityBytes) {
      return false;
    }
    if (free.first() == NONE) {
      grow();
    }
    int slot = free.first();
    free.remove(slot);
    pieces[slot] = piece;
    begins[slot] = begin;
    lengths[slot] = lengthBytes;
    arrivedNanos[slot] = nowNanos;
    unanswered.add(slot);
    pending.add(slot);
    enter(slot);
    size++;
    sizeBytes += lengthBytes;
    return true;
  }

  /** The unanswered request for exactly this block, or {@link #NONE}. */
  int find(int piece, int begin, int lengthBytes) {
    if (table.length == 0) {
      return NONE;
    }
    for (int at = home(piece, begin, lengthBytes); table[at] != NONE; at = behind(at)) {
      int slot = table[at];
      if (pieces[slot] == piece && begins[slot] == begin && lengths[slot] == lengthBytes) {
        return slot;
      }
    }
    return NONE;
  }

  /** The next request to look up, or {@link #NONE}. */
  int next() {
    return pending.first();
  }

  int piece(int request) {
    return pieces[request];
  }

  int begin(int request) {
    return begins[request];
  }

  int lengthBytes(int request) {
    return lengths[request];
  }

  /** What this request asks for. */
  Block block(int request) {
    return new Block(pieces[request], begins[request], lengths[request]);
  }

  /** Lets a pending request wait for a part, by {@linkplain PartNumbers number}. */
  void await(int request, int number) {
    pending.remove(request);
    awaited[request] = number;
  }

  /** The number of the part that a request waits for, {@link #NONE} where it is pending. */
  int awaited(int request) {
    return pending.contains(request) ? NONE : awaited[request];
  }

  /** Whether requests wait for this part. */
  boolean isWaitedFor(int number) {
    for (int slot = unanswered.first(); slot != NONE; slot = unanswered.after(slot)) {
      if (awaited(slot) == number) {
        return true;
      }
    }
    return false;
  }

  /** The requests that waited for this part, which are pending again. */
  List<Integer> arrived(int number) {
    List<Integer> requests = new ArrayList<>();
    for (int slot = unanswered.first(); slot != NONE; slot = unanswered.after(slot)) {
      if (awaited(slot) == number) {
        requests.add(slot);
      }
    }
    requests.forEach(pending::add);
    return requests;
  }

  /** Strikes out a request, as answered. */
  void strike(int request) {
    leave(request);
    unanswered.remove(request);
    pending.remove(request);
    free.add(request);
    size--;
    sizeBytes -= lengths[request];
  }

  /** Strikes out all requests for blocks of this piece, and returns them. */
  List<Block> strikePiece(int piece) {
    List<Block> blocks = new ArrayList<>();
    int slot = unanswered.first();
    while (slot != NONE) {
      int after = unanswered.after(slot);
      if (pieces[slot] == piece) {
        blocks.add(block(slot));
        strike(slot);
      }
      slot = after;
    }
    return blocks;
  }

  /** The request that has waited longest, or {@link #NONE}. */
  int oldest() {
    return unanswered.first();
  }

  /** How long ago an unanswered request arrived. */
  long ageNanos(int request, long nowNanos) {
    return nowNanos - arrivedNanos[request];
  }

  /** Unanswered requests. */
  int size() {
    return size;
  }

  /** Forgets all requests, and gives the memory of their slots back. */
  void clear() {
    unanswered.clear();
    pending.clear();
    free.clear();
    pieces = new int[0];
    begins = new int[0];
    lengths = new int[0];
    awaited = new int[0];
    arrivedNanos = new long[0];
    table = new int[0];
    size = 0;
    sizeBytes = 0;
  }

  private void grow() {
    int before = pieces.length;
    int slots = Math.min(capacity, Math.max(FIRST_SLOTS, 2 * before));
    pieces = Arrays.copyOf(pieces, slots);
    begins = Arrays.copyOf(begins, slots);
    lengths = Arrays.copyOf(lengths, slots);
    awaited = Arrays.copyOf(awaited, slots);
    arrivedNanos = Arrays.copyOf(arrivedNanos, slots);
    unanswered.grow(slots);
    pending.grow(slots);
    free.grow(slots);
    for (int slot = before; slot < slots; slot++) {
      free.add(slot);
    }
    table = new int[Integer.highestOneBit(slots * SPREAD)];
    Arrays.fill(table, NONE);
    for (int slot = unanswered.first(); slot != NONE; slot = unanswered.after(slot)) {
      enter(slot);
    }
  }

  private void enter(int slot) {
    int at = home(slot);
    while (table[at] != NONE) {
      at = behind(at);
    }
    table[at] = slot;
  }

  /** Closes the gap that it leaves, so that no entry behind it is missed (Knuth, algorithm R). */
  private void leave(int slot) {
    int gap = home(slot);
    while (table[gap] != slot) {
      gap = behind(gap);
    }
    for (int at = behind(gap); table[at] != NONE; at = behind(at)) {
      int distance = (at - home(table[at])) & (table.length - 1);
      if (distance >= ((at - gap) & (table.length - 1))) {
        table[gap] = table[at];
        gap = at;
      }
    }
    table[gap] = NONE;
  }

  private int home(int slot) {
    return home(pieces[slot], begins[slot], lengths[slot]);
  }

  private int home(int piece, int begin, int lengthBytes) {
    int mixed = (piece * SCATTER + begin) * SCATTER + lengthBytes;
    return (mixed * SCATTER) >>> Integer.numberOfLeadingZeros(table.length - 1);
  }

  private int behind(int at) {
    return (at + 1) & (table.length - 1);
  }
}
