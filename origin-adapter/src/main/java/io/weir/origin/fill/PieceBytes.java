package io.weir.origin.fill;

import io.weir.origin.spool.SpooledChunk;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The bytes of one chunk, all of them there; owned by the reader that opened it. One thread. */
sealed interface ChunkBytes extends Closeable {
  /** Writes a part of the chunk. */
  void writeTo(OutputStream out, int from, int to) throws IOException;

  /** On disk. */
  record InSpool(SpooledChunk chunk) implements ChunkBytes {
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public void writeTo(OutputStream out, int from, int to) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(Math.min(BUFFER_BYTES, to - from));
      for (int position = from; position < to; position += buffer.limit()) {
        buffer.clear().limit(Math.min(buffer.capacity(), to - position));
        chunk.readFully(position, buffer);
        out.write(buffer.array(), 0, buffer.limit());
      }
    }

    @Override
    public void close() throws IOException {
      chunk.close();
    }
  }

  /** In memory, shared with everyone who waited for the same flight. */
  record InFlight(byte[] bytes, Flight.Seat seat) implements ChunkBytes {
    @Override
    public void writeTo(OutputStream out, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
    }

    @Override
    public void close() {
      seat.close();
    }
  }
}
