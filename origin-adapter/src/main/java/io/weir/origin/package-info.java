/**
 * The origin adapter process: reads its configuration, constructs everything in dependency order,
 * closes it in reverse. Entry type: {@link io.weir.origin.OriginAdapter}.
 */
@NullMarked
package io.weir.origin;

import org.jspecify.annotations.NullMarked;
