package io.weir.origin.source;

/**
 * Asked before every read: how a deadline, a cancelled ingest or a closing adapter ends a read that
 * would go on.
 */
@FunctionalInterface
public interface ReadLimit {
  /** Throws when no more bytes are wanted. */
  void check() throws OriginException;
}
