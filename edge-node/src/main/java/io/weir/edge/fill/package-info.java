/**
 * Where missing pieces come from: what a source must do, and the origin adapter as a source. Knows
 * neither store nor cache; verifies nothing, since its caller trusts no source.
 */
@NullMarked
package io.weir.edge.fill;

import org.jspecify.annotations.NullMarked;
