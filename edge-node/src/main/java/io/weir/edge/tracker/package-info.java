/**
 * The BitTorrent tracker: a pure core of swarms and peers (any thread, one lock), and its thin UDP
 * adapter over Netty (its own event loop); HTTP's is in the http package. Entry types: {@link
 * io.weir.edge.tracker.Tracker}, {@link io.weir.edge.tracker.UdpTracker}. Knows swarm only for what
 * is registered; touches no piece.
 */
@NullMarked
package io.weir.edge.tracker;

import org.jspecify.annotations.NullMarked;
