/**
 * Loads a BitTorrent tracker with announces, by UDP or HTTP, and starts the trackers to compare: an
 * edge's over contents that nobody has, and opentracker. Entry types: {@link
 * io.weir.loadtest.rig.tracker.TrackerLoad}, {@link io.weir.loadtest.rig.tracker.TrackerProcess}.
 * Works on one event loop; downloads nothing.
 */
@NullMarked
package io.weir.loadtest.rig.tracker;

import org.jspecify.annotations.NullMarked;
