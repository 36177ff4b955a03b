package io.weir.edge.store;

import java.io.IOException;

/** What was read from the disk is not what was written. */
final class ChecksumException extends IOException {
  private static final long serialVersionUID = 1L;

  ChecksumException(String message) {
    super(message);
  }
}
