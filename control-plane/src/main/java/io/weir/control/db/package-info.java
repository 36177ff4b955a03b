/**
 * Everything that the control plane keeps on disk, and all of its SQL. Entry type: {@link
 * io.weir.control.db.Database}. Any thread, blocking: never on an I/O thread. Knows nothing of
 * HTTP.
 */
@NullMarked
package io.weir.control.db;

import org.jspecify.annotations.NullMarked;
