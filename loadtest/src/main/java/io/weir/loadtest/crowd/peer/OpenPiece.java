package io.weir.loadtest.crowd.peer;

import io.weir.protocol.wire.WireCodec;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A piece on its way in: its bytes so far, which of its blocks have arrived, and of how many
 * remotes each other block is being asked. Confined to its peer's event loop until it is whole.
 */
final class OpenPiece {
  /** Remotes that one block is asked of at a time, at most. */
  static final int MAX_ASKED = 2;

  private final int piece;
  private final int lengthBytes;
  private final ByteBuffer data;
  private final BitSet unasked;
  private final BitSet arrived;
  private final byte[] asked;
  private final long[] askedAtNanos;
  private final Set<Remote> sources = new LinkedHashSet<>();
  private final Remote openedFor;

  /** Owns {@code data}, whose capacity is at least the piece's length, until it is reused. */
  OpenPiece(int piece, int lengthBytes, ByteBuffer data, Remote openedFor) {
    this.piece = piece;
    this.lengthBytes = lengthBytes;
    this.data = data.clear();
    this.openedFor = openedFor;
    int blocks = (lengthBytes + WireCodec.BLOCK_BYTES - 1) / WireCodec.BLOCK_BYTES;
    unasked = new BitSet(blocks);
    unasked.set(0, blocks);
    arrived = new BitSet(blocks);
    asked = new byte[blocks];
    askedAtNanos = new long[blocks];
  }

  int piece() {
    return piece;
  }

  Remote openedFor() {
    return openedFor;
  }

  /** The remotes that any of its bytes came from. */
  Set<Remote> sources() {
    return sources;
  }

  /** The piece's bytes, from position 0 to its length; the buffer itself, not a copy. */
  ByteBuffer data() {
    return data.clear().limit(lengthBytes);
  }

  boolean isWhole() {
    return arrived.cardinality() == asked.length;
  }

  /** The first block that has not arrived and nobody is being asked for, or -1. */
  int firstUnasked() {
    return unasked.nextSetBit(0);
  }

  /** The first block that one other remote has been asked for since before then, or -1. */
  int firstOverdue(Remote remote, long beforeNanos) {
    for (int block = arrived.nextClearBit(0);
        block < asked.length;
        block = arrived.nextClearBit(block + 1)) {
      if (asked[block] < MAX_ASKED
          && askedAtNanos[block] - beforeNanos < 0
          && !remote.pipeline().contains(request(block))) {
        return block;
      }
    }
    return -1;
  }

  /** Notes that the block is being asked of a remote and returns the request. */
  BlockRequest ask(int block, long nowNanos) {
    unasked.clear(block);
    asked[block]++;
    askedAtNanos[block] = nowNanos;
    return request(block);
  }

  /** Notes that a request for one of its blocks will not be answered. */
  void release(BlockRequest request) {
    int block = request.begin() / WireCodec.BLOCK_BYTES;
    asked[block]--;
    if (asked[block] == 0 && !arrived.get(block)) {
      unasked.set(block);
    }
  }

  /** Copies a block in; false if it had already arrived. Borrows {@code block} for the call. */
  boolean accept(BlockRequest request, ByteBuffer block, Remote from) {
    int index = request.begin() / WireCodec.BLOCK_BYTES;
    asked[index]--;
    if (arrived.get(index)) {
      return false;
    }
    arrived.set(index);
    sources.add(from);
    data.put(request.begin(), block, block.position(), block.remaining());
    return true;
  }

  private BlockRequest request(int block) {
    int begin = block * WireCodec.BLOCK_BYTES;
    return new BlockRequest(piece, begin, Math.min(WireCodec.BLOCK_BYTES, lengthBytes - begin));
  }
}
