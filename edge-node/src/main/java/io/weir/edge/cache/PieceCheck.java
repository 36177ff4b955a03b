package io.weir.edge.cache;

import io.weir.edge.piece.PieceBuffer;
import io.weir.edge.store.PieceStore;

/** Hashes stored pieces again, behind every reader's back. Blocks; any thread but an I/O thread. */
public final class PieceCheck {
  /** What became of a piece that was to be checked. */
  public enum Result {
    /** It has its hash. */
    SOUND,
    /** It could not be read, or has another hash; it is dropped. */
    BROKEN,
    /** It is not stored, or cannot be read now. */
    NOT_HERE
  }

  private final PieceStore store;

  /** Borrows the store. */
  public PieceCheck(PieceStore store) {
    this.store = store;
  }

  /** Reads a piece and hashes it; drops it where it is broken. */
  public Result check(CachedContent content, int piece) {
    long ordinal = content.ordinal();
    if (!store.has(ordinal, piece)) {
      return Result.NOT_HERE;
    }
    long lossesBefore = store.losses();
    PieceBuffer bytes = PieceLoader.readWhole(store, content, piece);
    if (bytes == null) {
      return store.losses() > lossesBefore ? Result.BROKEN : Result.NOT_HERE;
    }
    try {
      if (content.isPiece(piece, bytes)) {
        return Result.SOUND;
      }
    } finally {
      bytes.release();
    }
    store.drop(ordinal, piece);
    return Result.BROKEN;
  }
}
