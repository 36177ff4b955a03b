package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Pieces by their v1 hashes (BEP 3). */
final class Sha1Verifier implements PieceVerifier {
  private final byte[] hashes;

  /** Shares the array: 20 bytes a piece. */
  Sha1Verifier(byte[] hashes) {
    this.hashes = hashes;
  }

  @Override
  public boolean matches(int piece, ByteBuffer data) {
    int from = piece * Digests.SHA1_BYTES;
    byte[] hash = Digests.sha1(data);
    return Arrays.equals(hash, 0, hash.length, hashes, from, from + hash.length);
  }
}
