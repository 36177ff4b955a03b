/**
 * The adapter's HTTP API, and the only place that knows the HTTP server: routes, credential,
 * problems, ranges. Entry type: {@link io.weir.origin.api.ApiServer}. I/O threads only route; what
 * blocks runs on a bounded number of threads. Knows nothing of origins or files.
 */
@NullMarked
package io.weir.origin.api;

import org.jspecify.annotations.NullMarked;
