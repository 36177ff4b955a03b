package io.weir.loadtest.crowd.peer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks asked of one remote and not yet answered, at most {@code limit}. It asks to be filled
 * only when a quarter has drained, so that requests leave, and their answers are read from disk, in
 * batches.
 *
 * <p>Pure; confined to its peer's event loop.
 */
final class RequestPipeline {
  private final int limit;
  private final Set<BlockRequest> outstanding = new LinkedHashSet<>();
  private long lastAnswerNanos;

  RequestPipeline(int limit) {
    this.limit = limit;
  }

  /** How many blocks to ask for now: 0 until enough have drained. */
  int room() {
    int free = limit - outstanding.size();
    return free * 4 >= limit ? free : 0;
  }

  boolean isEmpty() {
    return outstanding.isEmpty();
  }

  boolean contains(BlockRequest request) {
    return outstanding.contains(request);
  }

  /**
   * Notes a request that is being sent.
   *
   * @throws IllegalStateException if the pipeline is full
   */
  void add(BlockRequest request, long nowNanos) {
    if (outstanding.size() >= limit) {
      throw new IllegalStateException("pipeline of " + limit + " is full");
    }
    if (outstanding.isEmpty()) {
      lastAnswerNanos = nowNanos;
    }
    outstanding.add(request);
  }

  /** Notes a block or a reject; false if that block was not outstanding. */
  boolean onAnswer(BlockRequest request, long nowNanos) {
    boolean asked = outstanding.remove(request);
    if (asked) {
      lastAnswerNanos = nowNanos;
    }
    return asked;
  }

  /** Forgets and returns all that is outstanding, oldest first. */
  List<BlockRequest> drain() {
    List<BlockRequest> drained = List.copyOf(outstanding);
    outstanding.clear();
    return drained;
  }

  /** Whether something is outstanding and nothing was answered for this long. */
  boolean isStalled(long nowNanos, long patienceNanos) {
    return !outstanding.isEmpty() && nowNanos - lastAnswerNanos >= patienceNanos;
  }
}
