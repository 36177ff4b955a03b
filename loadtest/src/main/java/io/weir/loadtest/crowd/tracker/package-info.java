/**
 * The client's side of BitTorrent trackers, UDP (BEP 15) and HTTP (BEP 3, 23), for the crowd's
 * peers. Entry types: {@link io.weir.loadtest.crowd.tracker.Announcer}, {@link
 * io.weir.loadtest.crowd.tracker.TrackerClients}. A client and its announcer belong to the event
 * loop of the peer that announces. Knows nothing of pieces or peer connections.
 */
@NullMarked
package io.weir.loadtest.crowd.tracker;

import org.jspecify.annotations.NullMarked;
