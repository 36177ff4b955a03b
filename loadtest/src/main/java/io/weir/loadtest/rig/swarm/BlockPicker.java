package io.weir.loadtest.rig.swarm;

import io.weir.loadtest.rig.Positions;

/** What one peer asks for: piece upon piece, each from its first block to its last. One thread. */
final class BlockPicker {
  private final SeededContent content;
  private final Positions pieces;
  private long next;
  private long end;

  /**
   * A picker that has picked nothing.
   *
   * @param pieces the pieces to ask for
   */
  BlockPicker(SeededContent content, Positions pieces) {
    this.content = content;
    this.pieces = pieces;
  }

  /** The next block's number. */
  long next() {
    if (next == end) {
      int piece = (int) pieces.next();
      next = content.firstBlock(piece);
      end = Math.min(content.firstBlock(piece + 1), content.blocks());
    }
    return next++;
  }
}
