package io.weir.protocol.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a publisher keeps the files of one content: one object at {@code url}, or many below {@code
 * baseUrl}. With an imported torrent the files are the torrent's and are not named again.
 *
 * @param url of the only file; null where there is a base URL
 * @param baseUrl what each file's path is appended to, percent-encoded; ends with a slash; null
 *     where there is a URL
 * @param files paths below the base URL and in the torrent, decoded, elements joined by slashes; 1
 *     to {@link #MAX_FILES} of them, or null where a torrent names them or there is one file
 */
public record OriginLocation(
    @Nullable String url, @Nullable String baseUrl, @Nullable List<String> files) {
  /** Most files of one content. */
  public static final int MAX_FILES = 50_000;

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException naming the field that is out of bounds
   */
  public OriginLocation {
    if ((url == null) == (baseUrl == null)) {
      throw new IllegalArgumentException("exactly one of url and baseUrl is required");
    }
    if (baseUrl != null && !baseUrl.endsWith("/")) {
      throw new IllegalArgumentException("baseUrl must end with a slash");
    }
    if (files != null) {
      if (url != null) {
        throw new IllegalArgumentException("files go with baseUrl, not with url");
      }
      if (files.isEmpty() || files.size() > MAX_FILES) {
        throw new IllegalArgumentException("files must name 1 to " + MAX_FILES + " files");
      }
      files = List.copyOf(files);
    }
  }

  /** One object. */
  public static OriginLocation ofUrl(String url) {
    return new OriginLocation(url, null, null);
  }

  /** Many objects. */
  public static OriginLocation ofFiles(String baseUrl, List<String> files) {
    return new OriginLocation(null, baseUrl, files);
  }
}
