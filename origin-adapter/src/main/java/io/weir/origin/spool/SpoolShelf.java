package io.weir.origin.spool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one content version. Dropping it is final: whoever still writes through this shelf
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
   * Keeps a chunk if there is room for it; borrows the bytes for the call.
   *
   * @return whether it is in the spool now
   */
  public boolean put(int fileIndex, int chunk, ByteBuffer bytes) {
    return spool.put(this, key(fileIndex, chunk), bytes);
  }

  /** A chunk, proven or not, returned owned, or null where it is not in the spool. */
  public @Nullable SpooledChunk read(int fileIndex, int chunk) {
    return spool.read(this, key(fileIndex, chunk), false);
  }

  /** A chunk whose bytes are known to be right, returned owned, or null where there is none. */
  public @Nullable SpooledChunk readProven(int fileIndex, int chunk) {
    return spool.read(this, key(fileIndex, chunk), true);
  }

  /** Tells whether an unproven chunk matched its hash; one that does not is dropped. */
  public void prove(int fileIndex, int chunk, boolean matches) {
    spool.prove(this, key(fileIndex, chunk), matches);
  }

  /** Lets the chunks go as soon as others need the room. */
  public void release() {
    spool.release(this, content);
  }

  /** Deletes every chunk. */
  public void drop() {
    spool.drop(this, content);
  }

  void onDropped() {
    dropped = true;
  }

  boolean isDropped() {
    return dropped;
  }

  /** A name for one of the chunks that is the same for everyone who asks for it. */
  public ChunkKey key(int fileIndex, int chunk) {
    return new ChunkKey(content, fileIndex, chunk);
  }
}
