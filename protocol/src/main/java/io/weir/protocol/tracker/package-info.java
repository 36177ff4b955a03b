/**
 * Tracker messages over UDP and HTTP (BEP 3, 7, 15, 23, 48) as values and bytes. Entry types:
 * {@link io.weir.protocol.tracker.UdpTrackerCodec}, {@link
 * io.weir.protocol.tracker.HttpTrackerCodec}; for a tracker that makes no garbage {@link
 * io.weir.protocol.tracker.UdpRequestView}, {@link io.weir.protocol.tracker.CompactPeers}. Any
 * thread, but for the latter two; knows nothing of sockets or swarms.
 */
@NullMarked
package io.weir.protocol.tracker;

import org.jspecify.annotations.NullMarked;
