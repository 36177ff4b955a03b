package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One object of a catalogue, and what asks for it. Immutable. */
final class Target {
  /** Longest URL that is asked for. */
  static final int MAX_URL_BYTES = 8 * 1024;

  private static final byte[] RANGE = "Range: bytes=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] head;
  private final long lengthBytes;

  Target(URI url, long lengthBytes) {
    this.lengthBytes = lengthBytes;
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String text = "GET " + path + query + " HTTP/1.1\r\nHost: " + url.getRawAuthority() + "\r\n";
    head = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The object's. */
  long lengthBytes() {
    return lengthBytes;
  }

  /** Appends a GET of these bytes; borrows for the call. */
  void writeRequest(ByteBuf out, long first, long last) {
    out.writeBytes(head).writeBytes(RANGE);
    writeNumber(out, first);
    out.writeByte('-');
    writeNumber(out, last);
    out.writeBytes(END);
  }

  private static void writeNumber(ByteBuf out, long value) {
    int digits = digits(value);
    int at = out.writerIndex() + digits;
    out.writerIndex(at);
    long rest = value;
    do {
      out.setByte(--at, (int) ('0' + rest % 10));
      rest /= 10;
    } while (rest > 0);
  }

  /** How many decimal digits a number from 0 has. */
  static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest > 9; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
