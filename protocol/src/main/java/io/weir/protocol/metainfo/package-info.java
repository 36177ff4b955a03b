/**
 * Torrent metainfo, v1, v2 and hybrid (BEP 3, 12, 19, 27, 47, 52): parse, validate, create;
 * info-hashes, piece geometry and hashes, magnet links. Entry type: {@link
 * io.weir.protocol.metainfo.Metainfo}. Immutable values, any thread; knows nothing of sockets or
 * disks.
 */
@NullMarked
package io.weir.protocol.metainfo;

import org.jspecify.annotations.NullMarked;
