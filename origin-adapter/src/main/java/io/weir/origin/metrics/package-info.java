/**
 * The catalogue of what the adapter counts: every meter with its unit, its closed labels and what a
 * rise means to an operator. Entry type: {@link io.weir.origin.metrics.OriginMetrics}. Any thread;
 * knows nothing of who counts.
 */
@NullMarked
package io.weir.origin.metrics;

import org.jspecify.annotations.NullMarked;
