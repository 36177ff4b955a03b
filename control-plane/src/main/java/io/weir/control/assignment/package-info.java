/**
 * The snapshot that nodes live on, as they are sent it. Entry type: {@link
 * io.weir.control.assignment.AssignmentFeed}. Any thread; knows nothing of HTTP.
 */
@NullMarked
package io.weir.control.assignment;

import org.jspecify.annotations.NullMarked;
