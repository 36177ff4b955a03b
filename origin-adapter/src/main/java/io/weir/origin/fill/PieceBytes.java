package io.weir.origin.fill;

import io.weir.origin.spool.SpooledPiece;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of one piece, all of them there and verified; owned by the reader that opened it. One
 * thread.
 */
public sealed interface PieceBytes extends Closeable {
  /** How many there are. */
  long lengthBytes();

  /** Writes them all. */
  void writeTo(OutputStream out) throws IOException;

  /** On disk. */
  record InSpool(SpooledPiece piece) implements PieceBytes {
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public long lengthBytes() {
      return piece.lengthBytes();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, lengthBytes()));
      for (long position = 0; position < lengthBytes(); position += buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), lengthBytes() - position));
        piece.readFully(position, buffer);
        out.write(buffer.array(), 0, buffer.limit());
      }
    }

    @Override
    public void close() throws IOException {
      piece.close();
    }
  }

  /** In memory, shared with everyone who waited for the same flight. */
  record InFlight(byte[] bytes, Flight.Seat seat) implements PieceBytes {
    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }

    @Override
    public void close() {
      seat.close();
    }
  }
}
