package io.weir.origin.source;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one answer, bounded by the length that it has to have. One thread. Closing it early
 * aborts the exchange instead of draining it.
 */
final class OriginBody implements Closeable {
  /** What has to hold after the last byte for all of them to count. */
  @FunctionalInterface
  interface EndCheck {
    void check() throws IOException, OriginException;
  }

  private final InputStream bytes;
  private final EndCheck atEnd;
  private final Closeable abort;
  private final long end;
  private long position;

  OriginBody(InputStream bytes, ByteRange covered, EndCheck atEnd, Closeable abort) {
    this.bytes = bytes;
    this.atEnd = atEnd;
    this.abort = abort;
    this.position = covered.first();
    this.end = covered.end();
  }

  /** Offset in the object of the next byte. */
  long position() {
    return position;
  }

  /** Offset in the object after the last byte. */
  long end() {
    return end;
  }

  /** Reads at least one byte. */
  int read(byte[] target, int offset, int length) throws IOException, OriginException {
    int wanted = (int) Math.min(length, end - position);
    int read = wanted == 0 ? -1 : bytes.read(target, offset, wanted);
    if (read <= 0) {
      throw new EOFException("body ends " + (end - position) + " bytes early");
    }
    if (position + read == end) {
      atEnd.check();
    }
    position += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    try (abort) {
      if (position == end) {
        bytes.close();
      }
    }
  }
}
