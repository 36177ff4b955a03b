/**
 * Peer wire over Netty: sessions that seed, and the answer to uTP. A session belongs to its
 * channel's event loop. Knows swarm; must not know HTTP, store or fill.
 */
@NullMarked
package io.weir.edge.peer;

import org.jspecify.annotations.NullMarked;
