/** x. */
@NullMarked
package io.weir.loadtest;

import org.jspecify.annotations.NullMarked;
