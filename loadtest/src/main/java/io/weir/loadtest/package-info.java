/**
 * The launcher's commands: demo, up and the operator's command line behind one picocli root. Entry
 * type: {@link io.weir.loadtest.WeirMain}.
 */
@NullMarked
package io.weir.loadtest;

import org.jspecify.annotations.NullMarked;
