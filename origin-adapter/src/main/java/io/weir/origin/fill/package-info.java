/**
 * Hands edges the bytes of ingested contents: from the spool, or from the origin by one read for
 * each piece however many ask for it, checked against the metainfo before anyone gets it. Entry
 * type: {@link io.weir.origin.fill.Fills}. Blocking, on the caller's thread; knows nothing of HTTP.
 */
@NullMarked
package io.weir.origin.fill;

import org.jspecify.annotations.NullMarked;
