/**
 * Our server beside those that people would run instead: the same content, cores, generator and
 * moment. Entry type: {@link io.weir.loadtest.rig.compare.Comparison}. Knows servers as processes
 * with an address, generators as processes that print a {@link io.weir.loadtest.rig.ResultLine}.
 */
@NullMarked
package io.weir.loadtest.rig.compare;

import org.jspecify.annotations.NullMarked;
