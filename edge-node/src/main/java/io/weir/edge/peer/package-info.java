/**
 * Peer wire over Netty: sessions that seed, and the answer to uTP. Entry type: {@link
 * io.weir.edge.peer.PeerServer}. A session and all it holds belong to its channel's event loop,
 * which never blocks; cache threads reach it only by handing a read piece to that loop. Knows swarm
 * and cache; must not know HTTP, store or fill.
 */
@NullMarked
package io.weir.edge.peer;

import org.jspecify.annotations.NullMarked;
