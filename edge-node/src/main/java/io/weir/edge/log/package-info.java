/**
 * Lines that a remote or a broken disk can trigger, kept from flooding the log. Entry type: {@link
 * io.weir.edge.log.LogLimit}. Any thread; knows nothing of what is logged.
 */
@NullMarked
package io.weir.edge.log;

import org.jspecify.annotations.NullMarked;
