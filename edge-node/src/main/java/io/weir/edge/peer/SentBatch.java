package io.weir.edge.peer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Blocks that leave together, and the memory that they keep until then. Confined to one thread. */
final class SentBatch {
  private int[] parts = new int[2];
  private int partCount;
  private int blocks;
  private int blockBytes;
  private long keptBytes;
  private @Nullable SendBudget charged;

  /** Whether the batch keeps this part in memory. */
  boolean keeps(int number) {
    // Mostly the one before.
    for (int i = partCount - 1; i >= 0; i--) {
      if (parts[i] == number) {
        return true;
      }
    }
    return false;
  }

  /** The batch keeps this part, of so many bytes, in memory; false if it did before. */
  boolean keep(int number, int lengthBytes) {
    if (keeps(number)) {
      return false;
    }
    if (partCount == parts.length) {
      parts = Arrays.copyOf(parts, 2 * partCount);
    }
    parts[partCount++] = number;
    keptBytes += lengthBytes;
    return true;
  }

  /** The batch has a copy of so many bytes. */
  void copied(int lengthBytes) {
    keptBytes += lengthBytes;
  }

  /** Adds a block. */
  void add(int lengthBytes) {
    blocks++;
    blockBytes += lengthBytes;
  }

  /** Counts what it keeps into this budget, until {@link #discharge}. */
  void charge(SendBudget budget) {
    charged = budget;
    budget.keep(keptBytes);
  }

  /** It keeps nothing any more. */
  void discharge() {
    if (charged != null) {
      charged.free(keptBytes);
    }
  }

  int partCount() {
    return partCount;
  }

  int blocks() {
    return blocks;
  }

  int blockBytes() {
    return blockBytes;
  }
}
