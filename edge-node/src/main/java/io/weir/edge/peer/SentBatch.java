package io.weir.edge.peer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Blocks that leave together, and the memory that they keep until then. Confined to one thread. */
final class SentBatch {
  private int[] pieces = new int[2];
  private int pieceCount;
  private int blocks;
  private int blockBytes;
  private long keptBytes;
  private @Nullable SendBudget charged;

  /** Whether the batch keeps this piece in memory. */
  boolean keeps(int piece) {
    // Mostly the one before.
    for (int i = pieceCount - 1; i >= 0; i--) {
      if (pieces[i] == piece) {
        return true;
      }
    }
    return false;
  }

  /** The batch keeps this piece, of so many bytes, in memory; false if it did before. */
  boolean keep(int piece, int lengthBytes) {
    if (keeps(piece)) {
      return false;
    }
    if (pieceCount == pieces.length) {
      pieces = Arrays.copyOf(pieces, 2 * pieceCount);
    }
    pieces[pieceCount++] = piece;
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

  int pieceCount() {
    return pieceCount;
  }

  int blocks() {
    return blocks;
  }

  int blockBytes() {
    return blockBytes;
  }
}
