package io.weir.protocol.metainfo;

/** Knows what each piece hashes to. Immutable, any thread. */
sealed interface PieceVerifier permits Sha1Verifier, MerkleVerifier {
  /** Begins to hash a piece, which there must be. */
  PieceHashing begin(int piece);
}
