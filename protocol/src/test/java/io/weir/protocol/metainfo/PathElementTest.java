package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathElementTest {
  @ParameterizedTest
  @ValueSource(strings = {"film.mp4", "a b (1).iso", "..a", "фильм.mkv", "-rf"})
  void segmentIsAName(String name) {
    assertNull(PathElement.refusal(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a\\b", "a\0", "a\nb", "\u007f", "\ud800"})
  void anythingElseIsNot(String name) {
    assertNotNull(PathElement.refusal(name));
  }

  @Test
  void lengthIsCountedInBytes() {
    assertNull(PathElement.refusal("é".repeat(127)));
    assertNotNull(PathElement.refusal("é".repeat(128)));
  }
}
