/**
 * Peer wire messages (BEP 3, 6, 9, 10, 20) as values and bytes. Entry type: {@link
 * io.weir.protocol.wire.WireCodec}. Any thread; knows nothing of sockets, sessions or pieces'
 * contents.
 */
@NullMarked
package io.weir.protocol.wire;

import org.jspecify.annotations.NullMarked;
