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

  /** Of each field where it begins, where its value does, and where it ends. */
  private final int[] bounds;

  private int fields;

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
    bounds = new int[3 * fieldsOf(rawQuery)];
    for (int start = 0; start <= raw.length(); ) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? raw.length() : ampersand;
      int equals = raw.indexOf('=', start);
      if (equals >= 0 && equals < end) {
        bounds[3 * fields] = start;
        bounds[3 * fields + 1] = equals + 1;
        bounds[3 * fields + 2] = end;
        fields++;
      }
      start = end + 1;
    }
  }

  private static int fieldsOf(String rawQuery) {
    int fields = 1;
    for (int i = 0; i < rawQuery.length(); i++) {
      fields += rawQuery.charAt(i) == '&' ? 1 : 0;
    }
    return fields;
  }

  /** The bytes under every occurrence of a key, at most one more than {@code max} of them. */
  List<byte[]> all(String key, int max) throws TrackerException {
    List<byte[]> values = new ArrayList<>();
    int field = find(key, 0);
    while (field != MISSING && values.size() <= max) {
      values.add(bytes(key, field));
      field = find(key, field + 1);
    }
    return values;
  }

  /** The 20 bytes under a key that must be there. */
  byte[] twentyBytes(String key) throws TrackerException {
    int field = only(key);
    if (field == MISSING) {
      throw new TrackerException(key + ": missing");
    }
    return requireTwenty(key, bytes(key, field));
  }

  static byte[] requireTwenty(String key, byte[] value) throws TrackerException {
    if (value.length != InfoHash.LENGTH_BYTES) {
      throw new TrackerException(key + ": " + value.length + " bytes, not 20");
    }
    return value;
  }

  /** The text under a key, or the empty one. */
  String text(String key) throws TrackerException {
    int field = only(key);
    if (field == MISSING) {
      return "";
    }
    for (int i = value(field); i < end(field); i++) {
      if (raw.charAt(i) == '%' || raw.charAt(i) > 0xff) {
        return new String(bytes(key, field), StandardCharsets.ISO_8859_1);
      }
    }
    return raw.substring(value(field), end(field));
  }

  /** The field of a key that is given once at most. */
  private int only(String key) throws TrackerException {
    int field = find(key, 0);
    if (field != MISSING && find(key, field + 1) != MISSING) {
      throw new TrackerException(key + ": given more than once");
    }
    return field;
  }

  /** The first field of a key, from a field on. */
  private int find(String key, int from) {
    for (int field = from; field < fields; field++) {
      int start = bounds[3 * field];
      if (value(field) - start - 1 == key.length() && raw.startsWith(key, start)) {
        return field;
      }
    }
    return MISSING;
  }

  private int value(int field) {
    return bounds[3 * field + 1];
  }

  private int end(int field) {
    return bounds[3 * field + 2];
  }

  private byte[] bytes(String key, int field) throws TrackerException {
    int value = value(field);
    int end = end(field);
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
