package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URL's query as it stood in the request, still percent-encoded (RFC 3986 §3.4): values are
 * bytes, and a plus sign is one.
 */
final class RawQuery {
  private final String[] fields;

  /**
   * Splits a query.
   *
   * @throws TrackerException if it is longer than {@link HttpTrackerCodec#MAX_QUERY_CHARS}
   */
  RawQuery(String rawQuery) throws TrackerException {
    if (rawQuery.length() > HttpTrackerCodec.MAX_QUERY_CHARS) {
      throw new TrackerException("query: too long");
    }
    fields = rawQuery.split("&");
  }

  /** The bytes under every occurrence of a key, at most one more than {@code max} of them. */
  List<byte[]> all(String key, int max) throws TrackerException {
    List<byte[]> values = new ArrayList<>();
    for (String field : fields) {
      if (values.size() <= max && field.startsWith(key) && field.startsWith("=", key.length())) {
        values.add(decode(key, field.substring(key.length() + 1)));
      }
    }
    return values;
  }

  /** The bytes under a key, or null. */
  byte @Nullable [] bytes(String key) throws TrackerException {
    List<byte[]> values = all(key, 1);
    if (values.size() > 1) {
      throw new TrackerException(key + ": given more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** The 20 bytes under a key that must be there. */
  byte[] twentyBytes(String key) throws TrackerException {
    byte[] value = bytes(key);
    if (value == null) {
      throw new TrackerException(key + ": missing");
    }
    return requireTwenty(key, value);
  }

  static byte[] requireTwenty(String key, byte[] value) throws TrackerException {
    if (value.length != InfoHash.LENGTH_BYTES) {
      throw new TrackerException(key + ": " + value.length + " bytes, not 20");
    }
    return value;
  }

  /** The text under a key, or the empty one. */
  String text(String key) throws TrackerException {
    byte[] value = bytes(key);
    return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
  }

  private static byte[] decode(String key, String encoded) throws TrackerException {
    byte[] bytes = new byte[encoded.length()];
    int count = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int value = encoded.charAt(i);
      if (value == '%') {
        value = escape(encoded, i + 1);
        i += 2;
      }
      if (value < 0 || value > 0xff) {
        throw new TrackerException(key + ": malformed percent-encoding");
      }
      bytes[count++] = (byte) value;
    }
    return Arrays.copyOf(bytes, count);
  }

  /** The value of two hexadecimal digits, negative if they are not there. */
  private static int escape(String encoded, int start) {
    if (start + 2 > encoded.length()) {
      return -1;
    }
    int high = hexDigit(encoded.charAt(start));
    int low = hexDigit(encoded.charAt(start + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
