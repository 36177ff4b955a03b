package io.weir.origin.spool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one content version. Dropping it is final: whoever still writes through this shelf
 * writes nothing, even when the same version has been opened anew. Any thread.
 */
public final class SpoolShelf {
  private final Spool spool;
  private final ContentKey content;

  /** Guarded by the spool's lock. */
  private boolean dropped;

  SpoolShelf(Spool spool, ContentKey content) {
    this.spool = spool;
    this.content = content;
  }

  /**
   * Keeps a piece, whose bytes are known to be right, if there is room for it; in place of an
   * unproven one. Borrows the bytes for the call.
   *
   * @return whether it is in the spool now
   */
  public boolean put(int piece, ByteBuffer bytes) {
    return spool.put(this, key(piece), bytes);
  }

  /** A piece, proven or not, returned owned, or null where it is not in the spool. */
  public @Nullable SpooledPiece read(int piece) {
    return spool.read(this, key(piece), false);
  }

  /** A piece whose bytes are known to be right, returned owned, or null where there is none. */
  public @Nullable SpooledPiece readProven(int piece) {
    return spool.read(this, key(piece), true);
  }

  /** Tells whether an unproven piece matched its hash; one that does not is dropped. */
  public void prove(int piece, boolean matches) {
    spool.prove(this, key(piece), matches);
  }

  /** Lets the pieces go as soon as others need the room. */
  public void release() {
    spool.release(this, content);
  }

  /** Deletes every piece, to begin anew; nobody may be writing. */
  public void clear() {
    spool.clear(this, content);
  }

  /** Deletes every piece for good. */
  public void drop() {
    spool.drop(this, content);
  }

  void onDropped() {
    dropped = true;
  }

  boolean isDropped() {
    return dropped;
  }

  private PieceKey key(int piece) {
    return new PieceKey(content, piece);
  }
}
