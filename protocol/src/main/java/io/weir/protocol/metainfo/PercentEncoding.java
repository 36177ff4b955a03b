package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 text (RFC 3986 section 2.1). Pure, any thread. */
public final class PercentEncoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /** Leaves unreserved characters as they are and encodes everything else. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes; {@code key} names the parameter in the fault.
   *
   * @throws MetainfoException if an escape is broken or the result is not UTF-8
   */
  public static String decode(String key, String text) throws MetainfoException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.put(encoded[i]);
        continue;
      }
      if (i + 2 >= encoded.length
          || !HexFormat.isHexDigit(encoded[i + 1])
          || !HexFormat.isHexDigit(encoded[i + 2])) {
        throw new MetainfoException(key + ": broken percent-encoding");
      }
      int high = HexFormat.fromHexDigit(encoded[i + 1]);
      decoded.put((byte) (high << 4 | HexFormat.fromHexDigit(encoded[i + 2])));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new MetainfoException(key + ": not UTF-8", e);
    }
  }
}
