package io.weir.protocol.wire;

import java.nio.ByteBuffer;

/** STUB. Wire messages as bytes. */
public final class WireCodec {
  /** The unit that clients request (16 KiB). */
  public static final int BLOCK_BYTES = 16 * 1024;

  /** Largest frame accepted, its length prefix not counted. */
  public static final int MAX_FRAME_BYTES = 128 * 1024;

  /** Bytes of a Piece message before its block: length prefix, id, piece, begin. */
  public static final int PIECE_HEADER_BYTES = 13;

  /**
   * Decodes one frame (after the length prefix, exactly {@code frame.remaining()} bytes; 0 is a
   * keep-alive).
   */
  public static WireMessage decode(ByteBuffer frame) throws WireException {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #encode} will write, length prefix included. */
  public static int encodedLengthBytes(WireMessage message) {
    throw new UnsupportedOperationException();
  }

  /** Writes length prefix and message, advancing the buffer. */
  public static void encode(WireMessage message, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Writes the 13 bytes that precede a block. */
  public static void encodePieceHeader(int piece, int begin, int blockBytes, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  private WireCodec() {}
}
