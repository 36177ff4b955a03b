/**
 * What every load generator shares: when requests are due, what a run measured, what the server
 * spent meanwhile. Entry type: {@link io.weir.loadtest.rig.LoadResult}. Knows no protocol.
 */
@NullMarked
package io.weir.loadtest.rig;

import org.jspecify.annotations.NullMarked;
