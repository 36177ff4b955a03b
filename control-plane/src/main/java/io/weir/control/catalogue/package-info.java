/**
 * What an operator registers: content ids, origins, file names, states. Entry type: {@link
 * io.weir.control.catalogue.Content}. Immutable values, any thread; knows nothing of HTTP or SQL.
 */
@NullMarked
package io.weir.control.catalogue;

import org.jspecify.annotations.NullMarked;
