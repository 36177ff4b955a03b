/**
 * What TLS listeners of the edge need: certificate and key from files, and an engine for each
 * connection. Entry type: {@link io.weir.edge.tls.ServerTls}. Files are read on the caller's
 * thread, which is never an I/O thread; opens no socket; knows nothing of what is encrypted.
 */
@NullMarked
package io.weir.edge.tls;

import org.jspecify.annotations.NullMarked;
