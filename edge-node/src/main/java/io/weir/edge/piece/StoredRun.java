package io.weir.edge.piece;

import java.nio.channels.FileChannel;

/**
 * Verified bytes that lie in a file one after the other, for the kernel to send. Holds the file
 * open, also when it is deleted meanwhile, until {@link #release}, once.
 */
public interface StoredRun {
  /** The file, not to be written, positioned or closed. */
  FileChannel channel();

  /** Where in the file the bytes begin. */
  long positionBytes();

  /** How many there are, 1 or more. */
  int lengthBytes();

  /** Lets go of the file. */
  void release();
}
