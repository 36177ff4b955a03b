package io.weir.origin.source;

/**
 * Part of an object.
 *
 * @param first offset of its first byte
 * @param end offset after its last byte, greater than {@code first}
 */
public record ByteRange(long first, long end) {
  /** Never empty. */
  public ByteRange {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException("no bytes in " + first + " to " + end);
    }
  }

  /** How many bytes it is. */
  public long lengthBytes() {
    return end - first;
  }
}
