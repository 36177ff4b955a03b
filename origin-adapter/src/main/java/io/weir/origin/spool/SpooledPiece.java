package io.weir.origin.spool;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A piece open for reading; it can be read to its end even if it is evicted meanwhile. One thread;
 * owned by whoever opened it.
 *
 * @param lengthBytes its length as on the books
 */
public record SpooledPiece(FileChannel channel, long lengthBytes) implements Closeable {
  /** Fills the buffer from an offset in the piece. */
  public void readFully(long offset, ByteBuffer target) throws IOException {
    long position = offset;
    while (target.hasRemaining()) {
      int read = channel.read(target, position);
      if (read < 0) {
        throw new EOFException("spooled piece is shorter than on the books");
      }
      position += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
