/**
 * A publisher's plain HTTP server, for the demo to publish from and to count what it is asked.
 * Entry type: {@link io.weir.loadtest.origin.PlainOrigin}. Knows nothing of Weir.
 */
@NullMarked
package io.weir.loadtest.origin;

import org.jspecify.annotations.NullMarked;
