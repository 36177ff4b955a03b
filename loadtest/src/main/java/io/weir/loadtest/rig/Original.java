package io.weir.loadtest.rig;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes that answers ought to have, mapped in parts of 1 GiB. One thread. */
public final class Original {
  private static final long PART_BYTES = 1L << 30;

  private final ByteBuf[] parts;
  private final long lengthBytes;

  /**
   * Maps a file.
   *
   * @throws IOException if it cannot be read
   */
  public Original(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      lengthBytes = channel.size();
      parts = new ByteBuf[(int) ((lengthBytes + PART_BYTES - 1) / PART_BYTES)];
      for (int part = 0; part < parts.length; part++) {
        long start = part * PART_BYTES;
        parts[part] =
            Unpooled.wrappedBuffer(
                channel.map(MapMode.READ_ONLY, start, Math.min(PART_BYTES, lengthBytes - start)));
      }
    }
  }

  /** Length of the whole. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** Whether these bytes stand at that offset; borrows, position unchanged. */
  public boolean matches(ByteBuf bytes, long offset) {
    int compared = 0;
    while (compared < bytes.readableBytes()) {
      long at = offset + compared;
      if (at >= lengthBytes) {
        return false;
      }
      ByteBuf part = parts[(int) (at / PART_BYTES)];
      int from = (int) (at % PART_BYTES);
      int length = Math.min(bytes.readableBytes() - compared, part.capacity() - from);
      if (!part.slice(from, length).equals(bytes.slice(bytes.readerIndex() + compared, length))) {
        return false;
      }
      compared += length;
    }
    return true;
  }
}
