package io.weir.control.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/film.mp4, film.mp4",
    "http://h/a/b/film.mp4?x=/y, film.mp4",
    "http://h/My%20Film%C3%A9.mkv, My Filmé.mkv",
    "file:///srv/a%2Bb+c.iso, a+b+c.iso",
    "http://h/100%25, 100%",
  })
  void nameIsTheLastSegmentDecoded(URI url, String name) {
    assertEquals(name, FileName.ofUrl(url).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h",
        "http://h/",
        "http://h/a/",
        "http://h/..",
        "http://h/%2e",
        "http://h/a%2Fb",
        "http://h/a%00",
        "http://h/%ff",
        "http://h/a%5Cb",
      })
  void segmentsThatAreNoNameAreRefused(URI url) {
    assertThrows(IllegalArgumentException.class, () -> FileName.ofUrl(url));
  }

  @Test
  void lengthCountsBytes() {
    assertEquals(255, new FileName("x".repeat(255)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new FileName("é".repeat(128)));
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FileName("a\ud800"));
  }

  @Test
  void pathSegmentDecodesToTheName() {
    FileName name = new FileName("My Film é+100%~.mkv");
    assertEquals("My%20Film%20%C3%A9%2B100%25~.mkv", name.toPathSegment());
    assertEquals(name, FileName.ofUrl(URI.create("http://h/" + name.toPathSegment())));
  }
}
