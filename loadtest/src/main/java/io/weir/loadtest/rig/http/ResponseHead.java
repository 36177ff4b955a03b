package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a generator has to know of an HTTP/1.1 response before its body (RFC 9112). Read byte by
 * byte: a generator reads tens of thousands a second, and text would be most of its work.
 *
 * @param lengthBytes of the head itself
 * @param status its code
 * @param contentLength of the body, -1 where the response does not tell
 * @param keepAlive whether the connection may be used again
 */
record ResponseHead(int lengthBytes, int status, long contentLength, boolean keepAlive) {
  /** Longest head that is read. */
  static final int MAX_BYTES = 8 * 1024;

  private static final byte[] VERSION = ascii("http/1.");
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] CONNECTION_CLOSE = ascii("connection: close");

  /** {@code HTTP/1.1 206}. */
  private static final int STATUS_AT = 9;

  private static final int STATUS_DIGITS = 3;

  /**
   * Reads a head; borrows for the call and leaves the buffer as it was.
   *
   * @return null where the head is not complete
   * @throws IllegalArgumentException if these bytes are no head
   */
  static @Nullable ResponseHead read(ByteBuf bytes) {
    int line = bytes.readerIndex();
    int status = -1;
    long contentLength = -1;
    boolean keepAlive = true;
    int end;
    while ((end = bytes.indexOf(line, bytes.writerIndex(), (byte) '\n')) >= 0) {
      int next = end + 1;
      int length = end > line && bytes.getByte(end - 1) == '\r' ? end - 1 - line : end - line;
      if (status < 0) {
        status = status(bytes, line, length);
        keepAlive = bytes.getByte(line + VERSION.length) == '1';
      } else if (length == 0) {
        return new ResponseHead(next - bytes.readerIndex(), status, contentLength, keepAlive);
      } else if (begins(bytes, line, length, CONTENT_LENGTH)) {
        contentLength = number(bytes, line + CONTENT_LENGTH.length, line + length);
      } else if (begins(bytes, line, length, CONNECTION_CLOSE)) {
        keepAlive = false;
      }
      line = next;
    }
    if (bytes.readableBytes() > MAX_BYTES) {
      throw new IllegalArgumentException("head of more than " + MAX_BYTES + " bytes");
    }
    return null;
  }

  private static int status(ByteBuf bytes, int line, int length) {
    if (length < STATUS_AT + STATUS_DIGITS || !begins(bytes, line, length, VERSION)) {
      throw new IllegalArgumentException("not an HTTP/1 response");
    }
    return (int) number(bytes, line + STATUS_AT, line + STATUS_AT + STATUS_DIGITS);
  }

  private static boolean begins(ByteBuf bytes, int line, int length, byte[] lowerCase) {
    if (length < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int given = bytes.getByte(line + i);
      if (given >= 'A' && given <= 'Z') {
        given += 'a' - 'A';
      }
      if (given != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(ByteBuf bytes, int from, int to) {
    long value = -1;
    for (int i = from; i < to; i++) {
      int digit = bytes.getByte(i) - '0';
      if (digit >= 0 && digit <= 9) {
        if (value > Long.MAX_VALUE / 10 - 1) {
          throw new IllegalArgumentException("a number of too many digits");
        }
        value = Math.max(value, 0) * 10 + digit;
      } else if (bytes.getByte(i) != ' ' && bytes.getByte(i) != '\t') {
        throw new IllegalArgumentException("not a number in the head");
      }
    }
    return value;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
