package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open file of pieces. Counted: whoever reads it holds a reference, and the file is closed when
 * the last one goes; its deletion does not wait for that, since what is open can be read on. Reads
 * from any thread; one thread appends.
 */
final class SegmentFile extends AbstractReferenceCounted {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);

  private final Path path;
  private final FileChannel channel;

  private SegmentFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates, or opens, it; the caller has the first reference. */
  static SegmentFile open(Path path) throws IOException {
    return new SegmentFile(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  FileChannel channel() {
    return channel;
  }

  /**
   * Fills a buffer's writable bytes from this offset on; borrows for the call.
   *
   * @throws EOFException if the file ends before
   */
  void read(long offsetBytes, ByteBuf into) throws IOException {
    ByteBuffer bytes = into.nioBuffer(into.writerIndex(), into.writableBytes());
    long at = offsetBytes;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException("file ends at byte " + at);
      }
      at += read;
    }
    into.writerIndex(into.capacity());
  }

  /** Writes all of these at this offset, in order. */
  void write(long offsetBytes, ByteBuffer[] bytes) throws IOException {
    channel.position(offsetBytes);
    int first = 0;
    while (first < bytes.length) {
      channel.write(bytes, first, bytes.length - first);
      while (first < bytes.length && !bytes[first].hasRemaining()) {
        first++;
      }
    }
  }

  /** Has the disk keep what was written. */
  void sync() throws IOException {
    channel.force(false);
  }

  /** Cuts off what is behind this offset. */
  void truncate(long lengthBytes) throws IOException {
    channel.truncate(lengthBytes);
  }

  @Override
  public SegmentFile retain() {
    super.retain();
    return this;
  }

  @Override
  protected void deallocate() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("file of pieces not closed file={}", path, e);
    }
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    return this;
  }
}
