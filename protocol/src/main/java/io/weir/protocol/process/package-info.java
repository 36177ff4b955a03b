/**
 * What every process owes its operator and its disk alike: the commands {@code serve}, {@code
 * check-config}, {@code print-config} and {@code version}, their exit codes, an orderly end at
 * SIGTERM; a data directory with one owner, files replaced whole; bounded answers of other
 * processes. Entry type: {@link io.weir.protocol.process.ProcessCommand}. Knows no process.
 */
@NullMarked
package io.weir.protocol.process;

import org.jspecify.annotations.NullMarked;
