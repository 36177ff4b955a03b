package io.weir.loadtest.crowd.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/**
 * The 20 bytes by which a peer names itself (BEP 3, BEP 20), ordered so that both ends of two
 * connections agree on which one to keep.
 *
 * @param text one character a byte
 */
record PeerId(String text) implements Comparable<PeerId> {
  private static final String CLIENT = "-WL0100-";
  private static final int LENGTH_BYTES = 20;

  static PeerId of(byte[] bytes) {
    return new PeerId(new String(bytes, ISO_8859_1));
  }

  static PeerId random(Random random) {
    StringBuilder text = new StringBuilder(CLIENT);
    while (text.length() < LENGTH_BYTES) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return new PeerId(text.toString());
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public int compareTo(PeerId other) {
    return text.compareTo(other.text);
  }
}
