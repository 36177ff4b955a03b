package io.weir.control.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.control.RegisteredName;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "film.mp4", "a-b_c.d", "9-9"})
  void idsOfTheGrammarAreTaken(String id) {
    assertEquals(id, new ContentId(id).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "_a", "A", "a b", "a/b", "ä", "a\n"})
  void otherIdsAreRefused(String id) {
    assertThrows(IllegalArgumentException.class, () -> new ContentId(id));
  }

  @Test
  void longestIdHas63Characters() {
    assertEquals(63, new ContentId("a".repeat(RegisteredName.MAX_LENGTH)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new ContentId("a".repeat(64)));
  }

  @ParameterizedTest
  @CsvSource({
    "film.mp4, film.mp4",
    "My Film (2026).MKV, my-film--2026-.mkv",
    ".hidden, hidden",
    "--x, x",
    "Ünïcode.iso, n-code.iso",
  })
  void fileNamesGiveIds(String fileName, String id) {
    assertEquals(id, ContentId.fromFileName(fileName).value());
  }

  @Test
  void nameWithoutAnyUsableCharacterGivesNone() {
    assertThrows(IllegalArgumentException.class, () -> ContentId.fromFileName("日本"));
  }

  @Test
  void anyNameGivesAValidIdOrNone() {
    long seed = 11;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(90); length > 0; length--) {
        name.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      try {
        ContentId.fromFileName(name.toString());
      } catch (IllegalArgumentException e) {
        assertEquals(
            true,
            e.getMessage().startsWith("no id can be made"),
            () -> "seed " + seed + ": " + e.getMessage());
      }
    }
  }
}
