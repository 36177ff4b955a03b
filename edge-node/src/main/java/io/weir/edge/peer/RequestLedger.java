package io.weir.edge.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unanswered requests of one peer in order of arrival. Each is either pending, that is to be
 * looked up, or waits for its piece. A block asked for again before it is answered is one request.
 * Confined to one thread.
 */
final class RequestLedger {
  private final int capacity;
  private final Map<Block, Long> unanswered = new LinkedHashMap<>();
  private final LinkedHashSet<Block> pending = new LinkedHashSet<>();
  private final Map<Integer, LinkedHashSet<Block>> waiting = new HashMap<>();

  /** Empty, with room for this many requests. */
  RequestLedger(int capacity) {
    this.capacity = capacity;
  }

  /** Notes a request that arrives now; false if there is no room. */
  boolean offer(Block block, long nowNanos) {
    if (unanswered.containsKey(block)) {
      return true;
    }
    if (size() >= capacity) {
      return false;
    }
    unanswered.put(block, nowNanos);
    return pending.add(block);
  }

  /** The next request to look up, or null. */
  @Nullable Block next() {
    return pending.isEmpty() ? null : pending.iterator().next();
  }

  /** Lets a pending request wait for its piece. */
  void await(Block block) {
    if (pending.remove(block)) {
      waiting.computeIfAbsent(block.piece(), piece -> new LinkedHashSet<>()).add(block);
    }
  }

  /** Whether requests wait for this piece. */
  boolean isWaitedFor(int piece) {
    return waiting.containsKey(piece);
  }

  /** The requests that waited for this piece, which are pending again. */
  List<Block> arrived(int piece) {
    LinkedHashSet<Block> blocks = waiting.remove(piece);
    if (blocks == null) {
      return List.of();
    }
    pending.addAll(blocks);
    return new ArrayList<>(blocks);
  }

  /** Strikes out a request, as answered; false if it is not, or no longer, unanswered. */
  boolean strike(Block block) {
    if (unanswered.remove(block) == null) {
      return false;
    }
    if (!pending.remove(block)) {
      waiting.computeIfPresent(
          block.piece(),
          (piece, blocks) -> blocks.remove(block) && blocks.isEmpty() ? null : blocks);
    }
    return true;
  }

  /** Strikes out all requests for blocks of this piece, and returns them. */
  List<Block> strikePiece(int piece) {
    List<Block> blocks =
        unanswered.keySet().stream().filter(block -> block.piece() == piece).toList();
    blocks.forEach(this::strike);
    return blocks;
  }

  /** The request that has waited longest, or null. */
  @Nullable Block oldest() {
    return unanswered.isEmpty() ? null : unanswered.keySet().iterator().next();
  }

  /** How long ago an unanswered request arrived. */
  long ageNanos(Block block, long nowNanos) {
    return nowNanos - unanswered.getOrDefault(block, nowNanos);
  }

  /** Unanswered requests. */
  int size() {
    return unanswered.size();
  }

  void clear() {
    unanswered.clear();
    pending.clear();
    waiting.clear();
  }
}
