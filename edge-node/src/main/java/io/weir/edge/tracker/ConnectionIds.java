package io.weir.edge.tracker;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Connection ids of the UDP tracker (BEP 15): proof that a client receives at the address it sends
 * from, without a table of who asked. An id is the second it was made, modulo 256, under a 56-bit
 * MAC (HMAC-SHA-256, truncated) of that second and the address; it is good for {@value
 * #VALID_SECONDS} s and at no other address.
 *
 * <p>Confined to one thread.
 */
final class ConnectionIds {
  static final int VALID_SECONDS = 120;

  /** Bytes of the secret key, as many as the MAC's output. */
  static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final long MAC_MASK = -1L << 8;
  private static final int SECOND_MASK = 0xff;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Mac mac;
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
    this.nanoClock = nanoClock;
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }

  /** An id for this address, good from now. */
  long issue(InetAddress address) {
    return idAt(nowSeconds(), address);
  }

  /** Whether this id was issued to this address within the last two minutes; in constant time. */
  boolean isValid(long connectionId, InetAddress address) {
    long now = nowSeconds();
    long ageSeconds = (now - connectionId) & SECOND_MASK;
    boolean matches = (idAt(now - ageSeconds, address) ^ connectionId) == 0;
    return matches && ageSeconds <= VALID_SECONDS;
  }

  private long idAt(long second, InetAddress address) {
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, second));
    long code = ByteBuffer.wrap(mac.doFinal(address.getAddress())).getLong();
    return (code & MAC_MASK) | (second & SECOND_MASK);
  }

  private long nowSeconds() {
    return Math.floorDiv(nanoClock.getAsLong(), NANOS_PER_SECOND);
  }
}
