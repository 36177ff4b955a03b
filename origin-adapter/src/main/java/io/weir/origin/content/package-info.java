/**
 * The files of one content at its origin, and reading the pieces that span them: which object each
 * file is pinned to, which bytes of which objects a piece is made of, several small ones at a time.
 * Entry type: {@link io.weir.origin.content.RunReader}. Blocking, on the caller's thread and on the
 * helpers of a {@link io.weir.origin.content.Crew}. Knows nothing of the spool, hashes or HTTP.
 */
@NullMarked
package io.weir.origin.content;

import org.jspecify.annotations.NullMarked;
