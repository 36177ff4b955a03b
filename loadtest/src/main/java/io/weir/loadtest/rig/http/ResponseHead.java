package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a generator has to know of an HTTP/1.1 response before its body (RFC 9112).
 *
 * @param status its code
 * @param contentLength of the body, -1 where the response does not tell
 * @param objectLength the complete length that Content-Range tells, -1 where there is none
 * @param keepAlive whether the connection may be used again
 */
record ResponseHead(int status, long contentLength, long objectLength, boolean keepAlive) {
  /** Longest head that is read. */
  static final int MAX_BYTES = 8 * 1024;

  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  /**
   * Reads a head, leaving the buffer at the body; null, and nothing read, where it is not complete.
   *
   * @throws IllegalArgumentException if these bytes are no head
   */
  static @Nullable ResponseHead read(ByteBuf bytes) {
    int length = lengthOf(bytes);
    if (length < 0) {
      if (bytes.readableBytes() > MAX_BYTES) {
        throw new IllegalArgumentException("head of more than " + MAX_BYTES + " bytes");
      }
      return null;
    }
    String text = bytes.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    String[] lines = text.split("\r\n", -1);
    if (!lines[0].matches("HTTP/1\\.[01] \\d{3}.*")) {
      throw new IllegalArgumentException("not an HTTP/1 response");
    }
    long contentLength = -1;
    long objectLength = -1;
    boolean keepAlive = lines[0].startsWith("HTTP/1.1");
    for (int line = 1; line < lines.length; line++) {
      String lower = lines[line].toLowerCase(Locale.ROOT);
      String value = lower.substring(lower.indexOf(':') + 1).strip();
      if (lower.startsWith("content-length:")) {
        contentLength = Long.parseLong(value);
      } else if (lower.startsWith("content-range:")) {
        objectLength = Long.parseLong(value.substring(value.indexOf('/') + 1));
      } else if (lower.startsWith("connection:")) {
        keepAlive = !value.equals("close");
      }
    }
    return new ResponseHead(
        Integer.parseInt(lines[0].substring(9, 12)), contentLength, objectLength, keepAlive);
  }

  private static int lengthOf(ByteBuf bytes) {
    int end = bytes.writerIndex() - END.length;
    for (int i = bytes.readerIndex(); i <= end; i++) {
      if (bytes.getByte(i) == END[0]
          && bytes.getByte(i + 1) == END[1]
          && bytes.getByte(i + 2) == END[2]
          && bytes.getByte(i + 3) == END[3]) {
        return i + END.length - bytes.readerIndex();
      }
    }
    return -1;
  }
}
