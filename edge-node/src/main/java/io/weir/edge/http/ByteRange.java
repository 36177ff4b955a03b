package io.weir.edge.http;

/**
 * One satisfiable range of a file's bytes (RFC 9110 §14.1.2), both ends included.
 *
 * @param first position of the first byte, 0 or more
 * @param last position of the last byte, not before {@code first}
 */
record ByteRange(long first, long last) {
  ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a byte range: " + first + "-" + last);
    }
  }

  long lengthBytes() {
    return last - first + 1;
  }

  /** Whether the two overlap or leave no byte between them. */
  boolean touches(ByteRange other) {
    return first - 1 <= other.last && other.first - 1 <= last;
  }

  /** The smallest range that holds both. */
  ByteRange span(ByteRange other) {
    return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
