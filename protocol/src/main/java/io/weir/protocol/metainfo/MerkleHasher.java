package io.weir.protocol.metainfo;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The SHA-256 Merkle trees of BEP 52. Leaves are the hashes of 16 KiB blocks, the last one as short
 * as the file ends; a layer is padded to a power of two with the roots of subtrees whose leaves are
 * 32 zero bytes each. A node's height counts from the leaves, which have height 0. For one thread.
 */
final class MerkleHasher {
  static final int BLOCK_BYTES = 16 * 1024;
  static final int HASH_BYTES = Digests.SHA256_BYTES;

  private final MessageDigest sha256 = Digests.sha256();

  /** The height of the smallest tree that has a leaf for each block of this many bytes. */
  static int height(long lengthBytes) {
    return ceilLog2((lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  /** The root over a layer of subtree roots that all have this height. */
  byte[] rootOfLayer(byte[] layer, int height) {
    int width = layer.length / HASH_BYTES;
    byte[] nodes = new byte[HASH_BYTES << ceilLog2(width)];
    System.arraycopy(layer, 0, nodes, 0, layer.length);
    byte[] padding = zeroTree(height);
    for (int node = layer.length; node < nodes.length; node += HASH_BYTES) {
      System.arraycopy(padding, 0, nodes, node, HASH_BYTES);
    }
    return fold(sha256, nodes);
  }

  /** The root of the higher tree whose leftmost subtree this is and whose other leaves are zero. */
  byte[] raise(byte[] root, int height, int toHeight) {
    byte[] raised = root;
    byte[] padding = zeroTree(height);
    for (int level = height; level < toHeight; level++) {
      raised = parent(raised, padding);
      padding = parent(padding, padding);
    }
    return raised;
  }

  private byte[] zeroTree(int height) {
    byte[] root = new byte[HASH_BYTES];
    for (int level = 0; level < height; level++) {
      root = parent(root, root);
    }
    return root;
  }

  private byte[] parent(byte[] left, byte[] right) {
    sha256.update(left);
    return sha256.digest(right);
  }

  /** Hashes pairs in place until the root is left. */
  static byte[] fold(MessageDigest sha256, byte[] nodes) {
    for (int width = nodes.length / 2; width >= HASH_BYTES; width /= 2) {
      for (int node = 0; node < width; node += HASH_BYTES) {
        sha256.update(nodes, 2 * node, 2 * HASH_BYTES);
        digestInto(sha256, nodes, node);
      }
    }
    return Arrays.copyOf(nodes, HASH_BYTES);
  }

  static void digestInto(MessageDigest sha256, byte[] nodes, int offset) {
    try {
      sha256.digest(nodes, offset, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes do not hold a SHA-256", e);
    }
  }

  private static int ceilLog2(long count) {
    return count <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(count - 1);
  }
}
