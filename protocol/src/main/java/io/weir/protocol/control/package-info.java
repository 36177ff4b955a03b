/**
 * The JSON records that nodes, control plane and origin adapter exchange, and the one mapper that
 * reads and writes them. Entry type: {@link io.weir.protocol.control.Json}. Immutable values, any
 * thread; knows nothing of HTTP servers or databases.
 */
@NullMarked
package io.weir.protocol.control;

import org.jspecify.annotations.NullMarked;
