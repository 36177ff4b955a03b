package io.weir.origin.source;

import java.time.Duration;

/**
 * Asked before every read and throughout every pause: how a deadline, a cancelled ingest or a
 * closing adapter ends a read that would go on.
 */
@FunctionalInterface
public interface ReadLimit {
  /** Throws when no more bytes are wanted. */
  void check() throws OriginException;

  /** How long the check will pass at most: no longer pause is worth beginning. */
  default Duration remaining() {
    return Duration.ofNanos(Long.MAX_VALUE);
  }
}
