/**
 * What this edge serves: registered contents, found by id or info-hash. Entry type: {@link
 * io.weir.edge.swarm.Catalogue}. Immutable snapshots, read from any thread, replaced by the control
 * link alone.
 */
@NullMarked
package io.weir.edge.swarm;

import org.jspecify.annotations.NullMarked;
