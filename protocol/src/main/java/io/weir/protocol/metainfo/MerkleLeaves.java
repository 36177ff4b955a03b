package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The root of the smallest Merkle tree (BEP 52) over bytes that come in parts, cut anywhere. One
 * thread.
 */
final class MerkleLeaves {
  private final MessageDigest sha256 = Digests.sha256();
  private final byte[] nodes;
  private int node;
  private int blockBytes;

  /** For this many bytes, 1 or more. */
  MerkleLeaves(int lengthBytes) {
    this.nodes = new byte[MerkleHasher.HASH_BYTES << MerkleHasher.height(lengthBytes)];
  }

  /** Adds the remaining bytes; the position moves to the limit. Borrows for the call. */
  void update(ByteBuffer data) {
    int end = data.limit();
    while (data.position() < end) {
      int taken = Math.min(end - data.position(), MerkleHasher.BLOCK_BYTES - blockBytes);
      sha256.update(data.limit(data.position() + taken));
      data.limit(end);
      blockBytes += taken;
      if (blockBytes == MerkleHasher.BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    MerkleHasher.digestInto(sha256, nodes, node);
    node += MerkleHasher.HASH_BYTES;
    blockBytes = 0;
  }

  /** The root, once every byte was added. To be asked once. */
  byte[] root() {
    if (blockBytes > 0) {
      endBlock();
    }
    return MerkleHasher.fold(sha256, nodes);
  }
}
