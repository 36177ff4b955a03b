/**
 * The link to the control plane: registers, reports, follows the assignment, keeps the last one on
 * disk. Its own thread; never on the path of a byte.
 */
@NullMarked
package io.weir.edge.control;

import org.jspecify.annotations.NullMarked;
