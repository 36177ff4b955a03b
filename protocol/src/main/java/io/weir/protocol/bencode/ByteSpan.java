package io.weir.protocol.bencode;

/**
 * Where a value stood in the input that it was decoded from.
 *
 * @param offset of its first byte, counted from the first byte given to the decoder
 * @param lengthBytes its length, delimiters included
 */
public record ByteSpan(int offset, int lengthBytes) {
  /** The offset just past its last byte. */
  public int end() {
    return offset + lengthBytes;
  }
}
