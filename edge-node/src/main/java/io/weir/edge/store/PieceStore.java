package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Verified pieces on disk. A piece is stored whole or not at all: no crash leaves a have-bit
 * without its bytes. Every method blocks and may be called from any thread but an I/O thread.
 */
public interface PieceStore extends AutoCloseable {
  /** What became of a piece that was to be stored. */
  enum PutResult {
    STORED,
    /** The byte cap is reached and nothing could be evicted; nothing was written. */
    FULL
  }

  /**
   * The number under which this version's pieces are stored, given out at its first use and kept
   * for good.
   */
  long ordinalOf(String contentId, int contentVersion);

  /** A snapshot of which pieces are stored; the caller owns it. */
  BitSet have(long ordinal);

  /** Whether this piece is stored; answers from memory. */
  boolean has(long ordinal, int piece);

  /** The piece's bytes, or null when it is not stored; returns owned. */
  @Nullable ByteBuf get(long ordinal, int piece);

  /**
   * Stores a verified piece, evicting others where the byte cap asks for it; borrows for the call.
   */
  PutResult put(long ordinal, int piece, ByteBuf bytes);

  /** Forgets one piece, as when its bytes turned out wrong. */
  void drop(long ordinal, int piece);

  /** Forgets a whole version. */
  void dropAll(String contentId, int contentVersion);

  /** Bytes of pieces stored now. */
  long storedBytes();

  @Override
  void close();
}
