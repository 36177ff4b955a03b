package io.weir.edge.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xnio.channels.StreamSinkChannel;

/**
 * Runs of a body on their way into the socket: those in memory in one gathering write that also
 * carries the response's head while that is unsent, those in files by the kernel once it is. Owns
 * what is added until it is sent or {@linkplain #release released}. Its connection's I/O thread's.
 */
final class UnsentRuns {
  private final List<BodyRun> runs = new ArrayList<>(1);

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Takes ownership. */
  void add(BodyRun run) {
    runs.add(run);
  }

  /** How much of this is content, rather than what stands between ranges. */
  long contentBytes() {
    long bytes = 0;
    for (BodyRun run : runs) {
      bytes += run.contentBytes();
    }
    return bytes;
  }

  /** Sends what the socket takes and lets go of what is sent; 0 where it takes nothing. */
  long writeTo(StreamSinkChannel out) throws IOException {
    BodyRun first = runs.get(0);
    long written;
    if (first instanceof FileRun file) {
      // Undertow writes a file over a head that is still unsent, and the body is short of as much.
      written = out.flush() ? file.writeTo(out) : 0;
    } else if (runs.size() == 1 && first instanceof MemoryRun only) {
      written = out.write(only.bytes());
    } else {
      written = out.write(gathered());
    }
    while (!runs.isEmpty() && runs.get(0).isSent()) {
      runs.remove(0).release();
    }
    return written;
  }

  /** The runs in memory that nothing else stands before. */
  private ByteBuffer[] gathered() {
    List<ByteBuffer> gathered = new ArrayList<>(runs.size());
    for (BodyRun run : runs) {
      if (!(run instanceof MemoryRun inMemory)) {
        break;
      }
      gathered.add(inMemory.bytes());
    }
    return gathered.toArray(ByteBuffer[]::new);
  }

  void release() {
    runs.forEach(BodyRun::release);
    runs.clear();
  }
}
