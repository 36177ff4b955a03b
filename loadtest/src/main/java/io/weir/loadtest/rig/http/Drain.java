package io.weir.loadtest.rig.http;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * Moves bytes from sockets to {@code /dev/null} inside the kernel, through one pipe that is empty
 * between calls. One event loop's.
 */
final class Drain implements AutoCloseable {
  /** What a Linux pipe holds where nobody has asked for more. */
  private static final int PIPE_BYTES = 64 * 1024;

  private final FileDescriptor pipeOut;
  private final FileDescriptor pipeIn;
  private final FileDescriptor sink;

  /** Opens the pipe and the sink. */
  Drain() throws IOException {
    FileDescriptor[] pipe = FileDescriptor.pipe();
    pipeOut = pipe[0];
    pipeIn = pipe[1];
    sink = FileDescriptor.from("/dev/null");
  }

  /**
   * Discards what has arrived, so much at most.
   *
   * @return how much that was, 0 if nothing has or the server has closed
   */
  int discard(FileDescriptor from, int atMost) throws IOException {
    int total = 0;
    while (total < atMost) {
      int wanted = Math.min(PIPE_BYTES, atMost - total);
      int moved = Native.splice(from.intValue(), -1, pipeIn.intValue(), -1, wanted);
      if (moved <= 0) {
        break;
      }
      empty(moved);
      total += moved;
    }
    return total;
  }

  private void empty(int bytes) throws IOException {
    int left = bytes;
    while (left > 0) {
      left -= Native.splice(pipeOut.intValue(), -1, sink.intValue(), -1, left);
    }
  }

  @Override
  public void close() throws IOException {
    pipeOut.close();
    pipeIn.close();
    sink.close();
  }
}
