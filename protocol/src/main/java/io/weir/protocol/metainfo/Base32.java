package io.weir.protocol.metainfo;

/** Base 32 without padding (RFC 4648 section 6), for whole bytes. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  /** Decodes upper-case digits; bits that fill no byte are dropped. */
  static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
    int written = 0;
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("not a base 32 digit at " + i);
      }
      buffer = buffer << BITS | digit;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes[written++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }
}
