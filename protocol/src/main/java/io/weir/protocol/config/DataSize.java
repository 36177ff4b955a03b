package io.weir.protocol.config;

/**
 * A number of bytes, written with a unit: {@code 512B}, {@code 64KiB}, {@code 10MiB}, {@code 2GiB},
 * {@code 1TiB}.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) {
  /** STUB. Reads a size with its unit. */
  public static DataSize parse(String text) {
    throw new UnsupportedOperationException();
  }

  public static DataSize ofMebibytes(long mebibytes) {
    return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
  }
}
