/** x. */
@NullMarked
package io.weir.origin;

import org.jspecify.annotations.NullMarked;
