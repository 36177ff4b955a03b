/**
 * The piece cache: hot tier, store and fill behind one question, with one flight a piece and
 * nothing unverified let through. Entry type: {@link io.weir.edge.cache.PieceCache}. Any thread may
 * ask; the only package that knows both store and fill.
 */
@NullMarked
package io.weir.edge.cache;

import org.jspecify.annotations.NullMarked;
