/**
 * The control plane's HTTP API: routes, who may call them, what they read and answer. Entry type:
 * {@link io.weir.control.api.ApiServer}. Undertow's I/O threads match, authorize and receive;
 * endpoints run on a bounded pool of workers and know nothing of Undertow.
 */
@NullMarked
package io.weir.control.api;

import org.jspecify.annotations.NullMarked;
