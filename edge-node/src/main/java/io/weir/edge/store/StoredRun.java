package io.weir.edge.store;

import java.nio.channels.FileChannel;

/**
 * Verified bytes that lie in a file one after the other, for the kernel to send. Holds the file
 * open, also when it is deleted meanwhile, until {@link #release}, once.
 */
public final class StoredRun {
  private final SegmentFile file;
  private final long positionBytes;
  private final int lengthBytes;

  /** Takes ownership of one reference to the file. */
  StoredRun(SegmentFile file, long positionBytes, int lengthBytes) {
    this.file = file;
    this.positionBytes = positionBytes;
    this.lengthBytes = lengthBytes;
  }

  /** The file, not to be written, positioned or closed. */
  public FileChannel channel() {
    return file.channel();
  }

  /** Where in the file the bytes begin. */
  public long positionBytes() {
    return positionBytes;
  }

  /** How many there are, 1 or more. */
  public int lengthBytes() {
    return lengthBytes;
  }

  /** Lets go of the file. */
  public void release() {
    file.release();
  }
}
