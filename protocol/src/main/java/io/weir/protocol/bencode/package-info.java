/**
 * Bencoding (BEP 3): a canonical encoder and a strict, bounded, iterative decoder. Entry type:
 * {@link io.weir.protocol.bencode.Bencode}. Any thread; knows nothing of torrents.
 */
@NullMarked
package io.weir.protocol.bencode;

import org.jspecify.annotations.NullMarked;
