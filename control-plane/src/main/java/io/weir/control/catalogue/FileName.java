package io.weir.control.catalogue;

import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.PathElement;
import io.weir.protocol.metainfo.PercentEncoding;
import java.net.URI;

/**
 * The name that a torrent gives its file, or the directory of its files (BEP 3 {@code name}).
 *
 * @param value a torrent's name, made here or elsewhere: one that was made elsewhere may hold what
 *     {@link #chosen} refuses
 */
public record FileName(String value) {
  /**
   * Checks that it is one path segment.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public FileName {
    if (value.isEmpty() || value.indexOf('/') >= 0 || value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException("must be one path segment");
    }
  }

  /**
   * A name for a torrent that is yet to be made: one that any file system can hold.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static FileName chosen(String value) {
    String refusal = PathElement.refusal(value);
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
    return new FileName(value);
  }

  /**
   * The last path segment of a URL, percent-decoded, as a name for a torrent yet to be made.
   *
   * @throws IllegalArgumentException if there is none or it is no valid name
   */
  public static FileName ofUrl(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return chosen(decoded(path.substring(path.lastIndexOf('/') + 1)));
  }

  /** The same of a base URL, whose path ends with a slash. */
  public static FileName ofBaseUrl(URI url) {
    String path = url.getRawPath().replaceFirst("/$", "");
    return chosen(decoded(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static String decoded(String segment) {
    try {
      return PercentEncoding.decode("last path segment", segment);
    } catch (MetainfoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** As a URL's path segment: all but RFC 3986 unreserved characters percent-encoded. */
  public String toPathSegment() {
    return PercentEncoding.encode(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
