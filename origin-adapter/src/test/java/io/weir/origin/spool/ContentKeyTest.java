package io.weir.origin.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentKeyTest {
  @Test
  void grammarIsAccepted() {
    assertEquals(
        Optional.of(new ContentKey("0-film_1.a", 12)), ContentKey.parse("0-film_1.a", "12"));
    assertTrue(ContentKey.parse("a".repeat(63), "1").isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "., 1",
    ".., 1",
    "-a, 1",
    "A, 1",
    "a/b, 1",
    "é, 1",
    "a, 0",
    "a, -1",
    "a, 01",
    "a, 1234567890",
    "a, ''",
    "a, x"
  })
  void anythingElseIsNot(String id, String version) {
    assertTrue(ContentKey.parse(id, version).isEmpty());
  }

  @Test
  void longIdIsNot() {
    assertTrue(ContentKey.parse("a".repeat(64), "1").isEmpty());
  }

  @Test
  void noKeyLeavesItsDirectory() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "a0._-/\\\0%A";
    Path directory = Path.of("/spool");
    for (int i = 0; i < 50_000; i++) {
      StringBuilder id = new StringBuilder();
      int length = 1 + random.nextInt(5);
      for (int c = 0; c < length; c++) {
        id.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ContentKey.parse(id.toString(), "1")
          .ifPresent(
              key -> {
                Path path = key.below(directory);
                assertEquals(path, path.normalize(), "seed " + seed);
                assertEquals(3, path.getNameCount(), "seed " + seed);
              });
    }
  }
}
