/**
 * A piece in memory, cut into parts: the unit that is read from disk, kept hot and sent. Entry
 * types: {@link io.weir.edge.piece.Parts}, {@link io.weir.edge.piece.PieceBuffer}. Knows neither
 * where bytes come from nor where they go.
 */
@NullMarked
package io.weir.edge.piece;

import org.jspecify.annotations.NullMarked;
