package io.weir.edge.tracker;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Connection ids of the UDP tracker (BEP 15): proof that a client receives at the address it sends
 * from, without a table of who asked. An id is the second it was made, modulo 256, under a 56-bit
 * MAC (SipHash, truncated) of that second and the address; it is good for {@value #VALID_SECONDS} s
 * and at no other address. Addresses are given as {@link PeerAddress} has them.
 *
 * <p>Immutable, any thread.
 */
final class ConnectionIds {
  static final int VALID_SECONDS = 120;

  /** Bytes of the secret key. */
  static final int KEY_BYTES = SipHash.KEY_BYTES;

  private static final long MAC_MASK = -1L << 8;
  private static final int SECOND_MASK = 0xff;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final SipHash mac;
  private final LongSupplier nanoClock;

  /**
   * Ids under one secret.
   *
   * @param key {@value #KEY_BYTES} random bytes that never leave the process
   * @param nanoClock monotonic nanoseconds
   */
  ConnectionIds(byte[] key, LongSupplier nanoClock) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("key has " + key.length + " bytes, not " + KEY_BYTES);
    }
    ByteBuffer words = ByteBuffer.wrap(key);
    this.mac = new SipHash(words.getLong(), words.getLong());
    this.nanoClock = nanoClock;
  }

  /** An id for this address, good from now. */
  long issue(long addressHigh, long addressLow) {
    return idAt(nowSeconds(), addressHigh, addressLow);
  }

  /** Whether this id was issued to this address within the last two minutes; in constant time. */
  boolean isValid(long connectionId, long addressHigh, long addressLow) {
    long now = nowSeconds();
    long ageSeconds = (now - connectionId) & SECOND_MASK;
    boolean matches = (idAt(now - ageSeconds, addressHigh, addressLow) ^ connectionId) == 0;
    return matches && ageSeconds <= VALID_SECONDS;
  }

  private long idAt(long second, long addressHigh, long addressLow) {
    return (mac.of(second, addressHigh, addressLow) & MAC_MASK) | (second & SECOND_MASK);
  }

  private long nowSeconds() {
    return Math.floorDiv(nanoClock.getAsLong(), NANOS_PER_SECOND);
  }
}
