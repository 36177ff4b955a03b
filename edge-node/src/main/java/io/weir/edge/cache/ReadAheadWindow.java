package io.weir.edge.cache;

/**
 * How many pieces ahead of a reader to ask for, so that one who reads on does not wait a round trip
 * for each. Pure; one for each reader, one thread.
 *
 * <p>It learns by waiting, as TCP's window does: a reader who comes to the first piece that was
 * asked for under the present window and finds it still under way outruns the window, which
 * doubles. A reader who never waits, being slow itself, stays at {@link #FIRST_PIECES}, so that
 * what is read ahead for it is never more than it soon takes. Where the source's rate is the limit
 * the window grows to its bound, which costs memory and no time: hence the bounds, of bytes and of
 * pieces. Whoever jumps begins anew.
 */
public final class ReadAheadWindow {
  /** Ahead of a reader of whom nothing is known yet. */
  public static final int FIRST_PIECES = 2;

  /**
   * Pieces to ask for.
   *
   * @param first index of the first
   * @param end index after the last; {@code first} where there is none
   */
  public record Ahead(int first, int end) {}

  private static final int NOWHERE = -2;

  private final int maxPieces;
  private int pieces;
  private int lastRead = NOWHERE;

  /** The piece after the last that was asked for. */
  private int askedEnd;

  /** The first piece that was asked for under the present window. */
  private int roundBegin;

  /**
   * For a reader of pieces of this length.
   *
   * @param maxBytes bytes ahead of it; one piece is asked for ahead even if it is longer
   * @param maxPieces pieces ahead of it, its share of all that may be under way; 1 or more
   */
  public ReadAheadWindow(int pieceLengthBytes, long maxBytes, int maxPieces) {
    long inBytes = Math.max(1, maxBytes / pieceLengthBytes);
    this.maxPieces = (int) Math.min(inBytes, Math.max(1, maxPieces));
    this.pieces = Math.min(FIRST_PIECES, this.maxPieces);
  }

  /**
   * The reader comes to a piece, and may come to it again once it has waited for it.
   *
   * @param waited whether it was still under way
   * @return what to ask for now; the reader bounds it by the end of what it will read
   */
  public Ahead onPiece(int piece, boolean waited) {
    if (piece != lastRead && piece != lastRead + 1) {
      pieces = Math.min(FIRST_PIECES, maxPieces);
      askedEnd = piece + 1;
      roundBegin = piece + 1;
    } else if (waited && piece >= roundBegin) {
      pieces = Math.min(2 * pieces, maxPieces);
      roundBegin = askedEnd;
    }
    lastRead = piece;
    int first = Math.max(askedEnd, piece + 1);
    askedEnd = Math.max(first, piece + 1 + pieces);
    return new Ahead(first, askedEnd);
  }
}
