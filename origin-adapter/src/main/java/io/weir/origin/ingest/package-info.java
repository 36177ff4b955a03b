/**
 * Turns an origin object into a metainfo, reading each of its bytes once: probe, read in parallel
 * runs of whole pieces, hash, spool, record. Entry type: {@link io.weir.origin.ingest.Ingests}.
 * Ingests run on their own threads, a few at a time; everything else is safe for any thread. Knows
 * nothing of HTTP servers.
 */
@NullMarked
package io.weir.origin.ingest;

import org.jspecify.annotations.NullMarked;
