package io.weir.control.catalogue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The name that a torrent gives its file (BEP 3 {@code name}): one path segment that any file
 * system can hold.
 *
 * @param value the name itself, 1 to {@link #MAX_BYTES} bytes of UTF-8
 */
public record FileName(String value) {
  /** What common file systems hold at most. */
  public static final int MAX_BYTES = 255;

  /**
   * Checks that it is one harmless path segment.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public FileName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    if (value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException("must not be '.' or '..'");
    }
    if (value.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("must not contain '/', '\\' or control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("must not contain half a surrogate pair");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("must have at most " + MAX_BYTES + " bytes of UTF-8");
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
