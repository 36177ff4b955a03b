/**
 * What peer wire and tracker share about sockets: the transport this machine offers, and whose
 * address a packet came from. Entry types: {@link io.weir.edge.socket.Transport}, {@link
 * io.weir.edge.socket.SourcePrefix}. Opens no socket itself; knows no protocol.
 */
@NullMarked
package io.weir.edge.socket;

import org.jspecify.annotations.NullMarked;
