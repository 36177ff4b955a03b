package io.weir.loadtest.clients;

import java.util.Random;

/** Contents that are alike at every run and unlike each other. */
final class RandomBytes {
  static byte[] of(long seed, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private RandomBytes() {}
}
