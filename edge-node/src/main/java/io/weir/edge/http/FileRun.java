package io.weir.edge.http;

import io.weir.edge.piece.StoredRun;
import java.io.EOFException;
import java.io.IOException;
import org.xnio.channels.StreamSinkChannel;

/**
 * Bytes of a body that lie in a file, for the kernel to send. Owns its hold on the file. Its
 * connection's I/O thread's.
 */
final class FileRun implements BodyRun {
  private final StoredRun stored;
  private long sentBytes;

  /** Takes ownership. */
  FileRun(StoredRun stored) {
    this.stored = stored;
  }

  /**
   * Has the kernel send what the socket takes; 0 where it takes nothing. The head must be out.
   *
   * @throws EOFException if the file was cut: else it would be tried for ever
   */
  long writeTo(StreamSinkChannel out) throws IOException {
    long sent =
        out.transferFrom(stored.channel(), stored.positionBytes() + sentBytes, contentBytes());
    sentBytes += sent;
    if (sent == 0 && stored.channel().size() < stored.positionBytes() + stored.lengthBytes()) {
      throw new EOFException("file of pieces ends before its pieces do");
    }
    return sent;
  }

  @Override
  public long contentBytes() {
    return stored.lengthBytes() - sentBytes;
  }

  @Override
  public boolean isSent() {
    return contentBytes() == 0;
  }

  @Override
  public void release() {
    stored.release();
  }
}
