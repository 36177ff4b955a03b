package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.weir.edge.piece.PieceBuffer;
import io.weir.edge.piece.StoredRun;
import io.weir.protocol.metainfo.InfoHash;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verified pieces on disk. A piece is stored whole or not at all: no crash leaves a have-bit
 * without its bytes. Every method may be called from any thread; those that touch the disk ({@link
 * #read}, {@link #peek}, {@link #put}, {@link #drop}, {@link #retain}) block, so never from an I/O
 * thread. After {@link #close} nothing is stored and nothing is found.
 */
public interface PieceStore extends AutoCloseable {
  /** What became of a piece that was to be stored. */
  enum PutResult {
    /** It is on disk, now or already. */
    STORED,
    /** The byte cap is reached and nothing may be evicted for this piece; nothing was written. */
    FULL,
    /** The version has been dropped meanwhile; nothing was written. */
    FORGOTTEN,
    /**
     * The disk refused, as when it has no space left; nothing was written and the store goes on.
     */
    FAILED,
    /** The disk is nearly full or has refused, and is left alone for now; nothing was tried. */
    PAUSED
  }

  /** Whose pieces may go to make room for one that is put. */
  enum Eviction {
    /** Anybody's: unprotected ones first, then protected ones. */
    ANY,
    /** Only those of versions that are not protected. */
    UNPROTECTED
  }

  /**
   * The number under which the pieces of this version, with this info-hash, are stored: given out
   * at its first use, kept for as long as any of them is stored, and given to nothing else while
   * the store is open. Where version numbers begin again, as after a control plane lost its state,
   * the info-hash keeps the pieces apart. Answers from memory.
   *
   * @param infoHash the torrent's swarm hash
   */
  long ordinalOf(String contentId, int contentVersion, InfoHash infoHash);

  /**
   * The numbers of this version under whatever info-hash, for a version whose info-hash is not
   * known yet. Answers from memory; the caller owns the set.
   */
  Set<Long> ordinalsOf(String contentId, int contentVersion);

  /** A snapshot of which pieces are stored; the caller owns it. Answers from memory. */
  BitSet have(long ordinal);

  /** Whether this piece is stored; answers from memory. */
  boolean has(long ordinal, int piece);

  /**
   * A part of a piece, as {@link io.weir.edge.piece.Parts} cuts it, or null when it is not stored
   * or cannot be read back; returns owned. Its checksum is verified; a piece that turns out broken
   * is dropped and counted. Counts as a use of the piece.
   */
  @Nullable ByteBuf read(long ordinal, int piece, int part);

  /** As {@link #read}, and counts as no use. */
  @Nullable ByteBuf peek(long ordinal, int piece, int part);

  /**
   * The longest run of bytes from an offset in a piece on, at most {@code maxBytes}, that the
   * kernel can send from one file without a copy and most likely without waiting for the disk:
   * their checksums were verified since the open, and they were read or written lately. It may go
   * beyond the piece. Null where there is none; then {@link #read} it. Returns owned; answers from
   * memory.
   */
  @Nullable StoredRun run(long ordinal, int piece, int offsetBytes, int maxBytes);

  /**
   * A verified piece to store.
   *
   * @param ordinal of its version
   * @param piece its index
   * @param bytes borrowed for the call
   * @param eviction what may go for it
   */
  record Put(long ordinal, int piece, PieceBuffer bytes, Eviction eviction) {}

  /**
   * Stores pieces, each whole or not at all, evicting others where the byte cap asks for it; the
   * more at a time the cheaper. What became of each, in the order given.
   */
  List<PutResult> put(List<Put> run);

  /** Forgets one piece because its bytes do not have its hash, and counts it. */
  void drop(long ordinal, int piece);

  /** Forgets every version but these. */
  void retain(Set<Long> ordinals);

  /** Replaces the set of versions that are evicted last, and by background puts never. */
  void protect(Set<Long> ordinals);

  /** Bytes of pieces stored now. */
  long storedBytes();

  /** How many pieces were dropped as broken since the open; where it grows there is to fill. */
  long losses();

  /** Why nothing is stored for now, null while pieces are stored; answers from memory. */
  @Nullable String unwritable();

  @Override
  void close();
}
