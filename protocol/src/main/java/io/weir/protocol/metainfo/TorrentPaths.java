package io.weir.protocol.metainfo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which paths a new torrent may have. They come from outside and become file names on every kind of
 * machine, so that beyond {@link PathElement} two of them may not be one file where case, or the
 * Unicode form (NFC or NFD), does not tell names apart. Torrents that exist already may have such.
 */
public final class TorrentPaths {
  private TorrentPaths() {}

  /**
   * Splits paths at their slashes and puts them into the order of the torrent, as {@link
   * TorrentDraft} says.
   *
   * @param paths elements joined by slashes
   * @throws MetainfoException naming the index of the path that is wrong: {@code files[3]: …}
   */
  public static List<List<String>> parse(List<String> paths) throws MetainfoException {
    List<List<String>> parsed = new ArrayList<>(paths.size());
    Map<String, Integer> folded = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      parsed.add(split(paths.get(i), i));
      Integer same = folded.putIfAbsent(fold(paths.get(i)), i);
      if (same != null) {
        throw wrong(
            i,
            paths.get(i).equals(paths.get(same))
                ? "the same as files[" + same + "]"
                : "differs from files[" + same + "] only in case or Unicode form");
      }
    }
    requireNoFileIsADirectory(paths, folded);
    parsed.sort(TorrentDraft::compareInTree);
    return parsed;
  }

  private static List<String> split(String path, int index) throws MetainfoException {
    if (path.startsWith("/")) {
      throw wrong(index, "must be relative, not begin with a slash");
    }
    List<String> elements = List.of(path.split("/", -1));
    if (elements.size() > PathElement.MAX_DEPTH) {
      throw wrong(index, "must have at most " + PathElement.MAX_DEPTH + " elements");
    }
    for (String element : elements) {
      String refusal = PathElement.refusal(element);
      if (refusal != null) {
        throw wrong(index, "each element " + refusal);
      }
    }
    return elements;
  }

  private static void requireNoFileIsADirectory(List<String> paths, Map<String, Integer> folded)
      throws MetainfoException {
    for (int i = 0; i < paths.size(); i++) {
      String path = fold(paths.get(i));
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        Integer file = folded.get(path.substring(0, slash));
        if (file != null) {
          throw wrong(file, "is also the directory of files[" + i + "]");
        }
      }
    }
  }

  /** Upper case first, since some letters have two small forms. */
  private static String fold(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static MetainfoException wrong(int index, String what) {
    return new MetainfoException("files[" + index + "]: " + what);
  }
}
