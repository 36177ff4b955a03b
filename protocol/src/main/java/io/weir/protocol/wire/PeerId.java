package io.weir.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** The 20 bytes by which a peer names itself, in the Azureus style of BEP 20. */
public final class PeerId {
  /** Bytes in a peer id. */
  public static final int LENGTH_BYTES = 20;

  private static final byte[] CLIENT = "-WR0010-".getBytes(StandardCharsets.US_ASCII);

  /** A new id: Weir's client and version, then 12 random bytes. */
  public static byte[] generate(RandomGenerator random) {
    byte[] id = new byte[LENGTH_BYTES];
    random.nextBytes(id);
    System.arraycopy(CLIENT, 0, id, 0, CLIENT.length);
    return id;
  }

  private PeerId() {}
}
