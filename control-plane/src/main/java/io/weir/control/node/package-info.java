/**
 * The edge nodes as the control plane sees them: what they registered, and what their heartbeats
 * last said. Entry types: {@link io.weir.control.node.Node}, {@link
 * io.weir.control.node.HeartbeatBoard}. Knows nothing of HTTP or SQL.
 */
@NullMarked
package io.weir.control.node;

import org.jspecify.annotations.NullMarked;
