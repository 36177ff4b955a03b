/**
 * Publishers' origins: which may be read, and reading a range of one object, pinned to the version
 * that was hashed, retried and resumed where it broke. Entry type: {@link
 * io.weir.origin.source.OriginReader}. Blocking, on the caller's thread; the HTTP client is used
 * here only. Knows nothing of pieces, the spool or edges.
 */
@NullMarked
package io.weir.origin.source;

import org.jspecify.annotations.NullMarked;
