/**
 * Which nodes hold which content: a pure function of content id, node ids and weights. Entry type:
 * {@link io.weir.control.placement.Replicas}. Any thread; knows nothing of HTTP or SQL.
 */
@NullMarked
package io.weir.control.placement;

import org.jspecify.annotations.NullMarked;
