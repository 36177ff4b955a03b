package io.weir.control.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.control.OriginLocation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePathsTest {
  @Test
  void pathsAreKeptInTheirOrder() {
    List<String> paths = List.of("b", "a/ä b.txt", "a/b", "A B", "straße", "strasse", " ", "...");
    assertEquals(paths, new FilePaths(paths).paths());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a;.. | files[1]: must not be '.' or '..'",
        "a;b/../c | files[1]: must not be '.' or '..'",
        "./a | files[0]: must not be '.' or '..'",
        "a;`` | files[1]: must not be empty",
        "/a | files[0]: must not begin or end with a slash or have two in a row",
        "a/ | files[0]: must not begin or end with a slash or have two in a row",
        "a//b | files[0]: must not begin or end with a slash or have two in a row",
        "a\\b | files[0]: must not contain '/', '\\' or control characters",
        "a;b;a | files[2]: is the same as files[0]",
        "a/B;b;A/b | files[2]: differs from files[0] only in case or accents' composition",
        "a;a/b | files[0]: is also the directory of files[1]",
        "a/b/c;x;A/B | files[2]: is also the directory of files[0]",
        "a/b;a/c/d;a/c/e;a/c | files[3]: is also the directory of files[1]",
      })
  void pathsThatHaveNoPlaceOfTheirOwnAreNamed(String paths, String fault) {
    assertEquals(fault, refusal(Arrays.asList(paths.replace("`", "").split(";", -1))));
  }

  @Test
  void controlCharactersAndHalvesOfSurrogatePairsAreRefused() {
    assertEquals(
        "files[0]: must not contain '/', '\\' or control characters", refusal(List.of("a\nb")));
    assertEquals(
        "files[1]: must not contain half a surrogate pair", refusal(List.of("a", "\ud800")));
  }

  @Test
  void accentsMayBeComposedInOneWayOnly() {
    assertEquals(
        "files[1]: differs from files[0] only in case or accents' composition",
        refusal(List.of("caf\u00e9", "cafe\u0301")));
  }

  @Test
  void everyBoundHolds() {
    assertEquals(
        List.of("a/".repeat(31) + "a"), new FilePaths(List.of("a/".repeat(31) + "a")).paths());
    assertEquals(
        "files[0]: must have at most 32 elements", refusal(List.of("a/".repeat(32) + "a")));
    assertEquals(
        "files[0]: must have at most 255 bytes of UTF-8", refusal(List.of("ä".repeat(128))));
    String longest = ("x".repeat(255) + "/").repeat(4);
    assertEquals(1, new FilePaths(List.of(longest.substring(0, 1_023))).paths().size());
    assertEquals(
        "files[0]: must have at most 1024 bytes of UTF-8", refusal(List.of(longest + "x")));
    assertEquals("files: must name 1 to 50000 files", refusal(List.of()));
    assertEquals(
        "files: must name 1 to 50000 files",
        refusal(Collections.nCopies(OriginLocation.MAX_FILES + 1, "a")));
    List<String> heavy =
        IntStream.range(0, 5_000).mapToObj(i -> longest.substring(0, 1_000) + i).toList();
    assertEquals("files: must have at most 4194304 bytes of UTF-8 together", refusal(heavy));
  }

  @Test
  void mostFilesAreJudgedInNoTime() {
    List<String> deep =
        IntStream.range(0, OriginLocation.MAX_FILES).mapToObj(i -> "a/".repeat(31) + i).toList();
    assertEquals(OriginLocation.MAX_FILES, new FilePaths(deep).paths().size());
  }

  @Test
  void randomListsAreTakenOrRefusedByName() {
    long seed = 7;
    Random random = new Random(seed);
    String letters = "aA/.\\ä\u0301\n";
    for (int i = 0; i < 20_000; i++) {
      List<String> paths =
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(
                  n ->
                      random
                          .ints(random.nextInt(6), 0, letters.length())
                          .mapToObj(at -> letters.substring(at, at + 1))
                          .reduce("", String::concat))
              .toList();
      try {
        assertEquals(paths, new FilePaths(paths).paths());
      } catch (IllegalArgumentException e) {
        assertEquals(
            true,
            e.getMessage().startsWith("files["),
            () -> "seed " + seed + ": " + e.getMessage());
      }
    }
  }

  private static String refusal(List<String> paths) {
    return assertThrows(IllegalArgumentException.class, () -> new FilePaths(paths)).getMessage();
  }
}
