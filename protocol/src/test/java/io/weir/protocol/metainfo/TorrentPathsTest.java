package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorrentPathsTest {
  @Test
  void pathsAreSplitAndSorted() throws MetainfoException {
    assertEquals(
        List.of(List.of("a", "b c.txt"), List.of("a-"), List.of("ä", "😀")),
        TorrentPaths.parse(List.of("ä/😀", "a-", "a/b c.txt")));
  }

  @Test
  void longestAndDeepestPathIsAccepted() throws MetainfoException {
    String deep = String.join("/", Collections.nCopies(PathElement.MAX_DEPTH, "d".repeat(255)));
    assertEquals(32, TorrentPaths.parse(List.of(deep)).get(0).size());
  }

  @Test
  void hostilePathIsNamedByItsIndex() {
    assertRefused("files[1]: each element must not be '.' or '..'", "../x");
    assertRefused("files[1]: each element must not be '.' or '..'", "x/./y");
    assertRefused("files[1]: must be relative, not begin with a slash", "/etc/passwd");
    assertRefused("files[1]: each element must not be empty", "");
    assertRefused("files[1]: each element must not be empty", "x//y");
    assertRefused("files[1]: each element must not be empty", "x/");
    for (String forbidden : List.of("x\\y", "x\0y", "x\ny", "x\u0085y", "\u007f")) {
      assertRefused(
          "files[1]: each element must not contain '/', '\\' or control characters", forbidden);
    }
    assertRefused("files[1]: each element must not contain half a surrogate pair", "x\ud83d");
    assertRefused("files[1]: each element must have at most 255 bytes of UTF-8", "ä".repeat(128));
    assertRefused(
        "files[1]: must have at most 32 elements", String.join("/", Collections.nCopies(33, "d")));
  }

  @Test
  void pathsThatAreOneFileSomewhereAreRefused() {
    assertRefused("files[1]: the same as files[0]", "ok");
    assertRefused("files[1]: differs from files[0] only in case or Unicode form", "OK");
    assertRefused(
        "files[2]: differs from files[1] only in case or Unicode form", "d/\u00c4", "D/a\u0308");
    assertRefused("files[2]: differs from files[1] only in case or Unicode form", "ſ", "s");
  }

  @Test
  void fileThatIsAnothersDirectoryIsRefused() {
    assertRefused("files[0]: is also the directory of files[1]", "ok/x");
    assertRefused("files[0]: is also the directory of files[1]", "OK/x/y");
    assertRefused("files[2]: is also the directory of files[1]", "a/b/c", "a/b");
  }

  private static void assertRefused(String message, String... afterOk) {
    List<String> paths = new ArrayList<>(List.of("ok"));
    paths.addAll(List.of(afterOk));
    MetainfoException refusal =
        assertThrows(MetainfoException.class, () -> TorrentPaths.parse(paths));
    assertEquals(message, refusal.getMessage());
  }
}
