/**
 * The crowd that downloads: BitTorrent peers that trade pieces with each other, and HTTP range
 * clients; each hashes its own copy. Entry type: {@link io.weir.loadtest.crowd.Crowd}. Knows the
 * protocol and addresses only, nothing of Weir's processes.
 */
@NullMarked
package io.weir.loadtest.crowd;

import org.jspecify.annotations.NullMarked;
