/**
 * Origin bytes kept on disk, capped, until the edges have them: one file for each piece of each
 * content version. A piece is there or not; nothing else is remembered, and a start finds out by
 * looking. Entry type: {@link io.weir.origin.spool.Spool}. Any thread. Knows nothing of origins,
 * hashes or HTTP.
 */
@NullMarked
package io.weir.origin.spool;

import org.jspecify.annotations.NullMarked;
