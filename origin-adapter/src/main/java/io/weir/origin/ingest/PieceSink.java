package io.weir.origin.ingest;

import io.weir.protocol.metainfo.PieceDigests;
import java.nio.ByteBuffer;

/** Gets every piece once, in no particular order, on the threads that read; bytes are borrowed. */
@FunctionalInterface
interface PieceSink {
  void onPieceHashed(int piece, PieceDigests digests, ByteBuffer bytes);
}
