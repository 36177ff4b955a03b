/**
 * Where missing pieces come from: what a source must do ({@link io.weir.edge.fill.PieceSource}),
 * and the origin adapter as a source, over sockets of its own ({@link
 * io.weir.edge.fill.AdapterPieceSource}). Knows neither store nor cache; verifies nothing, since
 * its caller trusts no source.
 */
@NullMarked
package io.weir.edge.fill;

import org.jspecify.annotations.NullMarked;
