/**
 * A long line between two processes on one machine: a TCP proxy that delays. Entry type: {@link
 * io.weir.loadtest.rig.proxy.DelayProxy}. Knows no protocol above TCP.
 */
@NullMarked
package io.weir.loadtest.rig.proxy;

import org.jspecify.annotations.NullMarked;
