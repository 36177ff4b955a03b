/**
 * Other seeds, set up at their best to be measured beside ours on the same content. Entry types:
 * {@link io.weir.loadtest.rig.contender.RtorrentSeeder} and {@link
 * io.weir.loadtest.rig.contender.LibtorrentSeeder}. Each is a process of its own.
 */
@NullMarked
package io.weir.loadtest.rig.contender;

import org.jspecify.annotations.NullMarked;
