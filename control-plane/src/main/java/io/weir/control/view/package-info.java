/**
 * The JSON of the operators' API, as the server writes it and the command line reads it. Entry
 * type: {@link io.weir.control.view.ContentView}. Immutable values, any thread.
 */
@NullMarked
package io.weir.control.view;

import org.jspecify.annotations.NullMarked;
