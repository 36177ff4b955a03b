package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A URL's query as it stood in the request, still percent-encoded (RFC 3986 §3.4): values are
 * bytes, and a plus sign is one. Fields are found without being cut out.
 */
final class RawQuery {
  private static final int MISSING = -1;

  private final String raw;

  /**
   * A query.
   *
   * @throws TrackerException if it is longer than {@link HttpTrackerCodec#MAX_QUERY_CHARS}
   */
  RawQuery(String rawQuery) throws TrackerException {
    if (rawQuery.length() > HttpTrackerCodec.MAX_QUERY_CHARS) {
      throw new TrackerException("query: too long");
    }
    raw = rawQuery;
  }

  /** The bytes under every occurrence of a key, at most one more than {@code max} of them. */
  List<byte[]> all(String key, int max) throws TrackerException {
    List<byte[]> values = new ArrayList<>();
    int value = find(key, 0);
    while (value != MISSING && values.size() <= max) {
      values.add(bytes(key, value));
      value = find(key, end(value));
    }
    return values;
  }

  /** The 20 bytes under a key that must be there. */
  byte[] twentyBytes(String key) throws TrackerException {
    int value = only(key);
    if (value == MISSING) {
      throw new TrackerException(key + ": missing");
    }
    return requireTwenty(key, bytes(key, value));
  }

  static byte[] requireTwenty(String key, byte[] value) throws TrackerException {
    if (value.length != InfoHash.LENGTH_BYTES) {
      throw new TrackerException(key + ": " + value.length + " bytes, not 20");
    }
    return value;
  }

  /** The text under a key, or the empty one. */
  String text(String key) throws TrackerException {
    int value = only(key);
    if (value == MISSING) {
      return "";
    }
    int end = end(value);
    for (int i = value; i < end; i++) {
      if (raw.charAt(i) == '%' || raw.charAt(i) > 0xff) {
        return new String(bytes(key, value), StandardCharsets.ISO_8859_1);
      }
    }
    return raw.substring(value, end);
  }

  /** Where the value of a key begins that is given once at most. */
  private int only(String key) throws TrackerException {
    int value = find(key, 0);
    if (value != MISSING && find(key, end(value)) != MISSING) {
      throw new TrackerException(key + ": given more than once");
    }
    return value;
  }

  /** Where the next value of a key begins, from a field's start or end on. */
  private int find(String key, int from) {
    int at = raw.indexOf(key, from);
    while (at >= 0) {
      int equals = at + key.length();
      if ((at == 0 || raw.charAt(at - 1) == '&')
          && equals < raw.length()
          && raw.charAt(equals) == '=') {
        return equals + 1;
      }
      at = raw.indexOf(key, at + 1);
    }
    return MISSING;
  }

  private int end(int value) {
    int end = raw.indexOf('&', value);
    return end < 0 ? raw.length() : end;
  }

  private byte[] bytes(String key, int value) throws TrackerException {
    int end = end(value);
    byte[] bytes = new byte[end - value];
    int count = 0;
    for (int i = value; i < end; i++) {
      int decoded = raw.charAt(i);
      if (decoded == '%') {
        decoded = i + 2 < end ? escape(i + 1) : -1;
        i += 2;
      }
      if (decoded < 0 || decoded > 0xff) {
        throw new TrackerException(key + ": malformed percent-encoding");
      }
      bytes[count++] = (byte) decoded;
    }
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  /** The value of two hexadecimal digits, negative if they are not there. */
  private int escape(int start) {
    return hexDigit(raw.charAt(start)) << 4 | hexDigit(raw.charAt(start + 1));
  }

  /** Negative where it is none, and so is any value that is made with it. */
  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
