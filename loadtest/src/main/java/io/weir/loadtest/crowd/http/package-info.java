/**
 * One simulated HTTP client: fetches a file by sequential range requests (RFC 9110, section 14),
 * going round the edges, and hashes what it receives. Entry type: {@link
 * io.weir.loadtest.crowd.http.RangeClient}, which blocks the thread it is run on. Knows nothing of
 * BitTorrent.
 */
@NullMarked
package io.weir.loadtest.crowd.http;

import org.jspecify.annotations.NullMarked;
