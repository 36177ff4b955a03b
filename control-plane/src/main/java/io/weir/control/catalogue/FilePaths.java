package io.weir.control.catalogue;

import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.PathElement;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a torrent that is yet to be made: every one has a place of its own on any file
 * system, also where case or the composition of accents makes no difference.
 *
 * @param paths decoded, elements joined by slashes, in the publisher's order; 1 to {@link
 *     OriginLocation#MAX_FILES} of them
 */
public record FilePaths(List<String> paths) {
  /** Longest path, in bytes of UTF-8: what object stores hold, and URLs may carry encoded. */
  public static final int MAX_PATH_BYTES = 1_024;

  /** Most bytes of all paths together: a metainfo that names each twice has to stay readable. */
  public static final int MAX_TOTAL_BYTES = 4 << 20;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException naming the path by its place, as in {@code files[17]}, and
   *     what is wrong with it
   */
  public FilePaths {
    if (paths.isEmpty() || paths.size() > OriginLocation.MAX_FILES) {
      throw new IllegalArgumentException(
          "files: must name 1 to " + OriginLocation.MAX_FILES + " files");
    }
    paths = List.copyOf(paths);
    long totalBytes = 0;
    for (int i = 0; i < paths.size(); i++) {
      String refusal = refusal(paths.get(i));
      if (refusal != null) {
        throw fault(i, refusal);
      }
      totalBytes += paths.get(i).getBytes(StandardCharsets.UTF_8).length;
    }
    if (totalBytes > MAX_TOTAL_BYTES) {
      throw new IllegalArgumentException(
          "files: must have at most " + MAX_TOTAL_BYTES + " bytes of UTF-8 together");
    }
    requireApart(paths);
  }

  private static @Nullable String refusal(String path) {
    String[] elements = path.split("/", -1);
    if (elements.length > PathElement.MAX_DEPTH) {
      return "must have at most " + PathElement.MAX_DEPTH + " elements";
    }
    for (String element : elements) {
      if (element.isEmpty() && elements.length > 1) {
        return "must not begin or end with a slash or have two in a row";
      }
      String refusal = PathElement.refusal(element);
      if (refusal != null) {
        return refusal;
      }
    }
    return path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES
        ? "must have at most " + MAX_PATH_BYTES + " bytes of UTF-8"
        : null;
  }

  private static void requireApart(List<String> paths) {
    List<String> folded = paths.stream().map(FilePaths::folded).toList();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      Integer other = places.putIfAbsent(folded.get(i), i);
      if (other != null) {
        throw fault(
            i,
            paths.get(i).equals(paths.get(other))
                ? "is the same as files[" + other + "]"
                : "differs from files[" + other + "] only in case or accents' composition");
      }
    }
    String lastDirectory = "";
    for (int i = 0; i < paths.size(); i++) {
      String path = folded.get(i);
      String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      if (!directory.equals(lastDirectory)) {
        requireNoFileAbove(path, i, places);
        lastDirectory = directory;
      }
    }
  }

  private static void requireNoFileAbove(String path, int place, Map<String, Integer> places) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      Integer file = places.get(path.substring(0, slash));
      if (file != null) {
        throw fault(file, "is also the directory of files[" + place + "]");
      }
    }
  }

  /** Case folded letter by letter, as file systems do: none becomes two. */
  private static String folded(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC)
        .codePoints()
        .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static IllegalArgumentException fault(int place, String fault) {
    return new IllegalArgumentException("files[" + place + "]: " + fault);
  }
}
