/**
 * The whole of Weir, in one JVM or a process a role, with real sockets between its roles: what
 * {@code demo} and {@code up} run. Entry type: {@link io.weir.loadtest.stack.Stack}. Knows each
 * process by its entry classes and configuration alone.
 */
@NullMarked
package io.weir.loadtest.stack;

import org.jspecify.annotations.NullMarked;
