package io.weir.protocol.metainfo;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of the original bytes of a v2 or hybrid info dictionary (BEP 52). Immutable. */
public final class InfoHashV2 {
  /** Bytes in a v2 info-hash. */
  public static final int LENGTH_BYTES = 32;

  private final byte[] bytes;

  private InfoHashV2(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies 32 bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 32
   */
  public static InfoHashV2 of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("v2 info-hash has " + bytes.length + " bytes, not 32");
    }
    return new InfoHashV2(bytes.clone());
  }

  /**
   * Reads 64 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static InfoHashV2 fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** The first 20 bytes, as trackers and handshakes carry it. */
  public InfoHash truncated() {
    return InfoHash.of(Arrays.copyOf(bytes, InfoHash.LENGTH_BYTES));
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InfoHashV2 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
