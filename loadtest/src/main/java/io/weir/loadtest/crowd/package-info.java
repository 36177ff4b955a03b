/**
 * The crowd that downloads: BitTorrent peers that trade pieces with each other, and HTTP range
 * clients; each hashes its own copy. Entry type: {@link io.weir.loadtest.crowd.Crowd}, any thread;
 * one thread of its own watches for stalls, each HTTP client has one, and all peers share four (see
 * {@link io.weir.loadtest.crowd.peer}). Knows the protocol and addresses only, nothing of Weir's
 * processes.
 */
@NullMarked
package io.weir.loadtest.crowd;

import org.jspecify.annotations.NullMarked;
