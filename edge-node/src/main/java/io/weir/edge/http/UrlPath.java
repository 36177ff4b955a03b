package io.weir.edge.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A request's path as decoded segments (RFC 3986 §3.3), and names encoded as such. Each segment is
 * decoded by itself, so {@code %2F} is a letter of a name and never a separator; dot segments are
 * names like any other, to be looked up and not walked. Pure.
 */
sealed interface UrlPath {
  /**
   * A path that could be read.
   *
   * @param segments what stands between slashes, percent-decoded as UTF-8; the slash that begins
   *     the path is not counted
   */
  record Segments(List<String> segments) implements UrlPath {
    public Segments {
      segments = List.copyOf(segments);
    }
  }

  /** A path with an escape that is not two hex digits, or bytes that are not UTF-8. */
  record Malformed() implements UrlPath {}

  /** Decodes a raw path. */
  static UrlPath decode(String rawPath) {
    List<String> segments = new ArrayList<>();
    try {
      for (String raw : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
        segments.add(raw.indexOf('%') < 0 ? raw : decodeSegment(raw));
      }
    } catch (CharacterCodingException e) {
      return new Malformed();
    }
    return new Segments(segments);
  }

  /** One name as a path segment, everything but unreserved characters escaped (RFC 3986 §2.3). */
  static String encodeSegment(String name) {
    StringBuilder encoded = new StringBuilder(name.length() + 16);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static String decodeSegment(String raw) throws CharacterCodingException {
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.put(in[i]);
      } else if (i + 2 < in.length
          && HexFormat.isHexDigit(in[i + 1])
          && HexFormat.isHexDigit(in[i + 2])) {
        out.put(
            (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2])));
        i += 2;
      } else {
        throw new CharacterCodingException();
      }
    }
    return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
