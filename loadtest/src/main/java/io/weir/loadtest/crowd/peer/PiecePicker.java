package io.weir.loadtest.crowd.peer;

import java.util.BitSet;
import java.util.Random;

/**
 * Decides which piece to open next: of those a remote has, the one that the fewest connected peers
 * have, ties broken by an order that each picker shuffles for itself. Edges are not counted as
 * having anything, so that what only an edge has is asked of the edge first and peers come to hold
 * different pieces to trade.
 *
 * <p>Pure; confined to its peer's event loop. A pick looks at each piece once, some 2,000 at most
 * for content that Weir published.
 */
final class PiecePicker {
  /** The answer of {@link #pick} where there is nothing to pick. */
  static final int NONE = -1;

  private final int[] order;
  private final int[] copies;
  private final BitSet wanted;

  PiecePicker(int pieceCount, Random random) {
    order = new int[pieceCount];
    copies = new int[pieceCount];
    wanted = new BitSet(pieceCount);
    wanted.set(0, pieceCount);
    for (int i = 0; i < pieceCount; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  void onPeerHas(int piece) {
    copies[piece]++;
  }

  void onPeerHas(BitSet pieces) {
    pieces.stream().forEach(piece -> copies[piece]++);
  }

  void onPeerGone(BitSet pieces) {
    pieces.stream().forEach(piece -> copies[piece]--);
  }

  /**
   * Takes out and returns the rarest wanted piece of these that no more than {@code maxCopies}
   * peers have, or {@link #NONE}.
   */
  int pick(BitSet remoteHas, int maxCopies) {
    int best = NONE;
    for (int piece : order) {
      if (wanted.get(piece)
          && remoteHas.get(piece)
          && copies[piece] <= maxCopies
          && (best == NONE || copies[piece] < copies[best])) {
        best = piece;
      }
    }
    if (best != NONE) {
      wanted.clear(best);
    }
    return best;
  }

  /** Makes a picked piece that could not be completed available again. */
  void giveBack(int piece) {
    wanted.set(piece);
  }

  /** Whether every piece has been picked. */
  boolean isExhausted() {
    return wanted.isEmpty();
  }
}
