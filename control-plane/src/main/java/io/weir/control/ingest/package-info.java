/**
 * Drives every registered version to ready or failed: tells origin adapters what to read, follows
 * them, keeps their metainfo, begins the next version where an origin has changed, and has adapters
 * free or forget what is not needed. Entry type: {@link io.weir.control.ingest.Reconciler}, one
 * thread. Knows nothing of SQL.
 */
@NullMarked
package io.weir.control.ingest;

import org.jspecify.annotations.NullMarked;
