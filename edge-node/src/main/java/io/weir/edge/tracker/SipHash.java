package io.weir.edge.tracker;

/**
 * SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash that who does not know the key can neither
 * predict nor forge, cheap for a few words. Immutable, any thread.
 */
final class SipHash {
  /** Bytes of a key. */
  static final int KEY_BYTES = 16;

  private static final long MESSAGE_BYTES = 3L * Long.BYTES;

  private final long key0;
  private final long key1;

  SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of three words, each taken as eight bytes, the least significant first. */
  long of(long first, long second, long third) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    for (int block = 0; block < 5; block++) {
      long word =
          switch (block) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> MESSAGE_BYTES << 56;
            default -> 0;
          };
      int rounds = 2;
      if (block == 4) {
        v2 ^= 0xff;
        rounds = 4;
      }
      v3 ^= word;
      for (int round = 0; round < rounds; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
