package io.weir.edge.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 answer (RFC 9112), as much of it as a fill needs. Whoever sent it is not
 * trusted: what is not plainly an answer with one length is refused.
 *
 * @param status 100 to 599
 * @param lengthBytes of the body; {@link #UNKNOWN} where it is not told or the body is encoded
 * @param keptAlive whether the connection may be used again
 */
record AnswerHead(int status, long lengthBytes, boolean keptAlive) {
  /** Longest head that is read. */
  static final int MAX_BYTES = 8 << 10;

  static final long UNKNOWN = -1;
  private static final String VERSION = "HTTP/1.1 ";
  private static final int STATUS_END = VERSION.length() + 3;
  private static final int MAX_LENGTH_DIGITS = 15;
  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  /**
   * Reads a head if all of it is there, and leaves the buffer behind it; null while it is not.
   * Borrows for the call.
   */
  static @Nullable AnswerHead read(ByteBuf bytes) throws FillException {
    int prefix = Math.min(bytes.readableBytes(), VERSION.length());
    if (!VERSION.startsWith(bytes.toString(bytes.readerIndex(), prefix, US_ASCII))) {
      throw malformed("does not begin with " + VERSION.trim());
    }
    int length = lengthOf(bytes);
    if (length < 0) {
      if (bytes.readableBytes() >= MAX_BYTES) {
        throw malformed("is longer than " + MAX_BYTES + " bytes");
      }
      return null;
    }
    String text = bytes.toString(bytes.readerIndex(), length - END.length, US_ASCII);
    bytes.skipBytes(length);
    return parse(text.split("\r\n", -1));
  }

  /** Length including the empty line, or -1. */
  private static int lengthOf(ByteBuf bytes) {
    int matched = 0;
    for (int at = bytes.readerIndex(); at < bytes.writerIndex(); at++) {
      byte next = bytes.getByte(at);
      matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
      if (matched == END.length) {
        return at + 1 - bytes.readerIndex();
      }
    }
    return -1;
  }

  private static AnswerHead parse(String[] lines) throws FillException {
    int status = status(lines[0]);
    long length = UNKNOWN;
    boolean encoded = false;
    boolean keptAlive = true;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      requireField(lines[i], colon);
      String value = lines[i].substring(colon + 1).trim();
      switch (lines[i].substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> {
          if (length != UNKNOWN) {
            throw malformed("has two lengths");
          }
          length = length(value);
        }
        case "transfer-encoding" -> encoded = true;
        case "connection" -> keptAlive &= !value.toLowerCase(Locale.ROOT).contains("close");
        default -> {}
      }
    }
    return encoded
        ? new AnswerHead(status, UNKNOWN, false)
        : new AnswerHead(status, length, keptAlive);
  }

  private static int status(String line) throws FillException {
    boolean spaced = line.length() == STATUS_END || line.startsWith(" ", STATUS_END);
    if (!spaced || !isDigits(line.substring(VERSION.length(), STATUS_END))) {
      throw malformed("has no status");
    }
    int status = Integer.parseInt(line.substring(VERSION.length(), STATUS_END));
    if (status < 100 || status > 599) {
      throw malformed("has no status");
    }
    return status;
  }

  private static long length(String value) throws FillException {
    if (value.length() > MAX_LENGTH_DIGITS || !isDigits(value)) {
      throw malformed("has a length that is none");
    }
    return Long.parseLong(value);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void requireField(String line, int colon) throws FillException {
    boolean named = colon > 0 && line.chars().limit(colon).allMatch(c -> c > ' ' && c < 0x7f);
    if (!named || line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw malformed("has a line that is no field");
    }
  }

  private static FillException malformed(String what) {
    return new FillException("origin adapter's answer " + what);
  }
}
