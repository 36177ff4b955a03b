/**
 * The swarm load generator: peers that leech and discard. Entry type: {@link
 * io.weir.loadtest.rig.swarm.SwarmLoad}. All of a run is one event loop's, so that the generator
 * keeps to one core and needs no locks. Knows nothing of who seeds.
 */
@NullMarked
package io.weir.loadtest.rig.swarm;

import org.jspecify.annotations.NullMarked;
