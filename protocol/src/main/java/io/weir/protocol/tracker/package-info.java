/**
 * Tracker messages over UDP and HTTP (BEP 3, 7, 15, 23, 48) as values and bytes. Entry types:
 * {@link io.weir.protocol.tracker.UdpTrackerCodec}, {@link
 * io.weir.protocol.tracker.HttpTrackerCodec}. Any thread; knows nothing of sockets or swarms.
 */
@NullMarked
package io.weir.protocol.tracker;

import org.jspecify.annotations.NullMarked;
