package io.weir.origin.source;

import java.net.URI;

/** A kind of place that objects are read from. Blocking; safe for any number of threads. */
interface Origin {
  /** The object that is there now. */
  OriginObject probe(URI url) throws OriginException;

  /**
   * Begins to read a range. The body starts at the range's first byte, or at 0 where the origin
   * knows no ranges. Returns owned: the caller closes it.
   *
   * @throws OriginException also if what is there is not {@code pinned}
   */
  OriginBody open(URI url, OriginObject pinned, ByteRange range) throws OriginException;
}
