/**
 * Pieces as they are handed on between store, fill, cache and whoever sends them: cut into parts,
 * the unit that is read from disk, kept hot and sent, or as runs in a file. Entry types: {@link
 * io.weir.edge.piece.PieceBuffer}, {@link io.weir.edge.piece.StoredRun}. Knows neither where bytes
 * come from nor where they go.
 */
@NullMarked
package io.weir.edge.piece;

import org.jspecify.annotations.NullMarked;
