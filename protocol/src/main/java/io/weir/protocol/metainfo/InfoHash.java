package io.weir.protocol.metainfo;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 20 bytes by which a swarm is known on the wire and to trackers: the SHA-1 of the original
 * bytes of a v1 info dictionary (BEP 3), or the first 20 bytes of the SHA-256 of a v2 one (BEP 52).
 *
 * <p>Immutable; its hash code is taken from the hash itself, so it is cheap as a map key but must
 * not be used as one where a remote chooses the keys of an unbounded map.
 */
public final class InfoHash {
  /** Bytes in an info-hash on the wire. */
  public static final int LENGTH_BYTES = 20;

  private final byte[] bytes;

  private InfoHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies 20 bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 20
   */
  public static InfoHash of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("info-hash has " + bytes.length + " bytes, not 20");
    }
    return new InfoHash(bytes.clone());
  }

  /**
   * Reads 40 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static InfoHash fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 20 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** 40 lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InfoHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (bytes[0] << 24) | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
