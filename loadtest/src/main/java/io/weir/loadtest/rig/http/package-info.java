/**
 * The HTTP load generator. Entry type: {@link io.weir.loadtest.rig.http.HttpLoad}. All of a run is
 * one event loop's, so that the generator keeps to one core and needs no locks.
 */
@NullMarked
package io.weir.loadtest.rig.http;

import org.jspecify.annotations.NullMarked;
