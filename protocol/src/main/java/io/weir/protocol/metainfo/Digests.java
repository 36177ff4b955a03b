package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hash functions of torrents, which every Java platform must have. */
final class Digests {
  static final int SHA1_BYTES = 20;
  static final int SHA256_BYTES = 32;

  private Digests() {}

  static MessageDigest sha1() {
    return digest("SHA-1");
  }

  static MessageDigest sha256() {
    return digest("SHA-256");
  }

  static byte[] sha256(byte[] data) {
    return sha256().digest(data);
  }

  static byte[] sha1(byte[] data) {
    return sha1().digest(data);
  }

  /** Of the remaining bytes; borrows for the call, position unchanged. */
  static byte[] sha1(ByteBuffer data) {
    MessageDigest sha1 = sha1();
    sha1.update(data.duplicate());
    return sha1.digest();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm, e);
    }
  }
}
