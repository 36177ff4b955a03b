/**
 * Pieces on disk: bytes, have-map, byte cap. Entry type: {@link io.weir.edge.store.PieceStore}. The
 * only package that knows RocksDB; blocking, so never called from an I/O thread; knows no source of
 * bytes.
 */
@NullMarked
package io.weir.edge.store;

import org.jspecify.annotations.NullMarked;
