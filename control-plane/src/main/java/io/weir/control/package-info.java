/** x. */
@NullMarked
package io.weir.control;

import org.jspecify.annotations.NullMarked;
