/** x. */
@NullMarked
package io.weir.protocol;

import org.jspecify.annotations.NullMarked;
