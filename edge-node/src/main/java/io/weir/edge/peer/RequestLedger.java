package io.weir.edge.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unanswered requests of one peer: those not looked up yet, in order, and those that wait for a
 * piece to be read. A block asked for again before it is answered is one request. Confined to one
 * thread.
 */
final class RequestLedger {
  private final int capacity;
  private final LinkedHashSet<Block> pending = new LinkedHashSet<>();
  private final Map<Integer, LinkedHashSet<Block>> reading = new HashMap<>();
  private int waiting;

  /** Empty, with room for this many requests. */
  RequestLedger(int capacity) {
    this.capacity = capacity;
  }

  /** Notes a request; false if there is no room. */
  boolean offer(Block block) {
    LinkedHashSet<Block> read = reading.get(block.piece());
    if (read != null && read.contains(block)) {
      return true;
    }
    if (size() >= capacity && !pending.contains(block)) {
      return false;
    }
    pending.add(block);
    return true;
  }

  /** Makes a request that waited for its piece's read pending again. */
  void requeue(Block block) {
    pending.add(block);
  }

  /** The next request to look up, or null. */
  @Nullable Block next() {
    return pending.isEmpty() ? null : pending.iterator().next();
  }

  /** Strikes out a pending request, as answered. */
  void answered(Block block) {
    pending.remove(block);
  }

  /** Whether a read of this piece is under way. */
  boolean isReading(int piece) {
    return reading.containsKey(piece);
  }

  /** Pieces being read. */
  int piecesReading() {
    return reading.size();
  }

  /** Lets a pending request wait for its piece, whose read begins or is under way. */
  void awaitRead(Block block) {
    pending.remove(block);
    if (reading.computeIfAbsent(block.piece(), p -> new LinkedHashSet<>()).add(block)) {
      waiting++;
    }
  }

  /** Ends the read of a piece; the requests that waited for it are struck out and returned. */
  List<Block> endRead(int piece) {
    Collection<Block> read = reading.remove(piece);
    if (read == null) {
      return List.of();
    }
    waiting -= read.size();
    return new ArrayList<>(read);
  }

  /** Withdraws a request; false if it is not, or no longer, unanswered. */
  boolean cancel(Block block) {
    if (pending.remove(block)) {
      return true;
    }
    LinkedHashSet<Block> read = reading.get(block.piece());
    if (read != null && read.remove(block)) {
      // The read stays noted: it is under way, and its end is to be met once.
      waiting--;
      return true;
    }
    return false;
  }

  /** Unanswered requests. */
  int size() {
    return pending.size() + waiting;
  }

  void clear() {
    pending.clear();
    reading.clear();
    waiting = 0;
  }
}
