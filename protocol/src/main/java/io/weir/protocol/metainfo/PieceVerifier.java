package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;

/** Knows what each piece hashes to. Immutable, any thread. */
sealed interface PieceVerifier permits Sha1Verifier, MerkleVerifier {
  /**
   * Whether these remaining bytes, as many as the piece has, are the piece. Borrows for the call,
   * position unchanged.
   */
  boolean matches(int piece, ByteBuffer data);
}
