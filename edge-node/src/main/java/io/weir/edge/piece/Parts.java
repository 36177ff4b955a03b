package io.weir.edge.piece;

/**
 * How a piece is cut: parts of {@link #BYTES} from its first byte on, the last one shorter. A piece
 * is hashed whole, but may be of 64 MiB, where one block of 16 KiB is all that somebody wants. A
 * power of two, so that blocks as clients ask for them lie in one part.
 */
public final class Parts {
  /** Bytes of every part but a piece's last: what reading one costs is about what asking does. */
  public static final int BYTES = 256 << 10;

  private Parts() {}

  /** How many parts a piece of this length, 1 or more, has. */
  public static int count(int pieceLengthBytes) {
    return (pieceLengthBytes + BYTES - 1) / BYTES;
  }

  /** The part that holds this byte of a piece. */
  public static int at(int offsetBytes) {
    return offsetBytes / BYTES;
  }

  /** Where in the piece a part begins. */
  public static int offsetBytes(int part) {
    return part * BYTES;
  }

  /** The length of a part of a piece of this length. */
  public static int lengthBytes(int part, int pieceLengthBytes) {
    return Math.min(BYTES, pieceLengthBytes - offsetBytes(part));
  }
}
