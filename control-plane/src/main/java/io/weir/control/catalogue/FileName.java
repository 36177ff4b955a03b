package io.weir.control.catalogue;

import io.weir.protocol.metainfo.PathElement;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The name that a torrent gives its file (BEP 3 {@code name}): one path segment that any file
 * system can hold.
 *
 * @param value the name itself, 1 to 255 bytes of UTF-8
 */
public record FileName(String value) {
  /**
   * Checks that it is one harmless path segment.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public FileName {
    String refusal = PathElement.refusal(value);
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
  }

  /**
   * The last path segment of a URL, percent-decoded.
   *
   * @throws IllegalArgumentException if there is none or it is no valid name
   */
  public static FileName ofUrl(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return new FileName(percentDecoded(path.substring(path.lastIndexOf('/') + 1)));
  }

  /** As a URL's path segment: all but RFC 3986 unreserved characters percent-encoded. */
  public String toPathSegment() {
    StringBuilder segment = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        segment.append(c);
      } else {
        segment.append('%').append(String.format("%02X", b & 0xff));
      }
    }
    return segment.toString();
  }

  private static String percentDecoded(String segment) {
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.put((byte) Integer.parseInt(segment, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("must be UTF-8 once percent-decoded", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
