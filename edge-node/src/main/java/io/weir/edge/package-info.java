/**
 * The edge node process: reads its configuration, constructs everything in dependency order, closes
 * it in reverse. Entry type: {@link io.weir.edge.EdgeNode}. The one package that knows all the
 * others; none knows it.
 */
@NullMarked
package io.weir.edge;

import org.jspecify.annotations.NullMarked;
