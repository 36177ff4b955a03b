package io.weir.loadtest.rig.swarm;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.WireCodec;

/**
 * What peers ask a seed for: a swarm, and how its bytes are cut into pieces and blocks. Blocks are
 * numbered through the content.
 *
 * @param infoHash as handshakes name it
 * @param lengthBytes of the whole, 1 or more
 * @param pieceBytes length of every piece but the last, a multiple of 16 KiB
 */
public record SeededContent(InfoHash infoHash, long lengthBytes, int pieceBytes) {
  /** Validates. */
  public SeededContent {
    if (lengthBytes < 1 || pieceBytes < 1 || pieceBytes % WireCodec.BLOCK_BYTES != 0) {
      throw new IllegalArgumentException(
          "content of %d bytes cannot have pieces of %d".formatted(lengthBytes, pieceBytes));
    }
    if ((lengthBytes - 1) / pieceBytes >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("content has too many pieces");
    }
  }

  /**
   * What a .torrent describes.
   *
   * @throws IllegalArgumentException if pieces within it are short, as in a v2-only torrent of
   *     several files
   */
  public static SeededContent of(Metainfo metainfo) {
    for (int piece = 0; piece < metainfo.pieceCount() - 1; piece++) {
      if (metainfo.pieceLengthBytes(piece) != metainfo.pieceLengthBytes()) {
        throw new IllegalArgumentException("piece " + piece + " of the torrent is short");
      }
    }
    return new SeededContent(
        metainfo.swarmHash(), metainfo.totalLengthBytes(), metainfo.pieceLengthBytes());
  }

  int pieces() {
    return (int) ((lengthBytes - 1) / pieceBytes) + 1;
  }

  /** Blocks of the whole. */
  long blocks() {
    return (lengthBytes - 1) / WireCodec.BLOCK_BYTES + 1;
  }

  /** The number of a piece's first block; of the piece after the last, {@link #blocks} at least. */
  long firstBlock(int piece) {
    return (long) piece * (pieceBytes / WireCodec.BLOCK_BYTES);
  }

  /** The number of the block that begins here in a piece, -1 if none does. */
  long block(int piece, int begin) {
    boolean begins = begin >= 0 && begin < pieceBytes && begin % WireCodec.BLOCK_BYTES == 0;
    return begins ? firstBlock(piece) + begin / WireCodec.BLOCK_BYTES : -1;
  }

  int pieceOf(long block) {
    return (int) (offset(block) / pieceBytes);
  }

  int beginOf(long block) {
    return (int) (offset(block) % pieceBytes);
  }

  int lengthOf(long block) {
    return (int) Math.min(WireCodec.BLOCK_BYTES, lengthBytes - offset(block));
  }

  /** Where a block begins in the content. */
  long offset(long block) {
    return block * WireCodec.BLOCK_BYTES;
  }
}
