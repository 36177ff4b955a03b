/**
 * The BitTorrent tracker: a pure core of swarms and peers, and its thin UDP adapter over Netty;
 * HTTP's is in the http package. Knows swarm only for what is registered; touches no piece.
 */
@NullMarked
package io.weir.edge.tracker;

import org.jspecify.annotations.NullMarked;
