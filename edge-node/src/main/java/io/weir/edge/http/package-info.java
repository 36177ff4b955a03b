/**
 * Content, torrents and the HTTP tracker over Undertow. I/O threads never block: bytes that are not
 * hot are awaited, not fetched, here. Knows swarm and tracker core; must not know peers, store or
 * fill.
 */
@NullMarked
package io.weir.edge.http;

import org.jspecify.annotations.NullMarked;
