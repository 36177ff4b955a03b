package io.weir.edge.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why a stored piece was dropped as broken; the closed set of a metric's label. */
enum LossCause {
  /** The index has it and its bytes are not there, as after a power cut. */
  MISSING,
  /** Its bytes do not have the checksum they were written with. */
  CHECKSUM,
  /** The disk does not give its bytes. */
  UNREADABLE,
  /** It reads as it was written, and does not have the hash of its metainfo. */
  HASH;

  /**
   * Null where the failure tells nothing of the piece, as when there is no file descriptor left.
   */
  static @Nullable LossCause of(IOException failure) {
    if (failure instanceof NoSuchFileException || failure instanceof EOFException) {
      return MISSING;
    }
    if (failure instanceof ChecksumException) {
      return CHECKSUM;
    }
    String text = String.valueOf(failure.getMessage());
    boolean isElsewhere =
        failure instanceof ClosedChannelException
            || text.contains("Too many open files")
            || text.contains("Cannot allocate memory");
    return isElsewhere ? null : UNREADABLE;
  }
}
