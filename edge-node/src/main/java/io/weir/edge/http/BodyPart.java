package io.weir.edge.http;

/** A run of bytes in a response's body. */
sealed interface BodyPart {
  long lengthBytes();

  /**
   * Bytes made here: what stands between the parts of a multipart body.
   *
   * @param bytes never changed after
   */
  record Literal(byte[] bytes) implements BodyPart {
    @Override
    public long lengthBytes() {
      return bytes.length;
    }
  }

  /**
   * Bytes of a content.
   *
   * @param offsetBytes where it begins in the concatenation of the torrent's files
   * @param lengthBytes more than 0
   */
  record Stretch(long offsetBytes, long lengthBytes) implements BodyPart {}
}
