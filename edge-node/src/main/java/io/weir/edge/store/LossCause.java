package io.weir.edge.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Why a stored piece was dropped as broken; the closed set of a metric's label. */
enum LossCause {
  /** Its have-row is there and its bytes are not, as after a power cut. */
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
  static @Nullable LossCause of(RocksDBException failure) {
    Status status = failure.getStatus();
    String text = String.valueOf(failure.getMessage());
    return switch (status == null ? Status.Code.Undefined : status.getCode()) {
      case NotFound -> MISSING;
      case Corruption -> CHECKSUM;
      case IOError ->
          text.contains("Too many open files") || text.contains("Cannot allocate memory")
              ? null
              : UNREADABLE;
      default -> null;
    };
  }
}
