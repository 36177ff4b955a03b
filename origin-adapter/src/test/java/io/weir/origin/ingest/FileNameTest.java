package io.weir.origin.ingest;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"film.mp4", "a b (1).iso", "..a", "фильм.mkv", "-rf"})
  void segmentIsAName(String name) {
    assertNull(FileName.refusal(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a\\b", "a\0", "a\nb", "\u007f", "\ud800"})
  void anythingElseIsNot(String name) {
    assertNotNull(FileName.refusal(name));
  }

  @Test
  void lengthIsCountedInBytes() {
    assertNull(FileName.refusal("é".repeat(127)));
    assertNotNull(FileName.refusal("é".repeat(128)));
  }
}
