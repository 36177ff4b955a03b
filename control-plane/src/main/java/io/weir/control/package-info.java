/**
 * The control plane process: reads its configuration, constructs everything in dependency order,
 * closes it in reverse. Entry type: {@link io.weir.control.ControlPlane}.
 */
@NullMarked
package io.weir.control;

import org.jspecify.annotations.NullMarked;
