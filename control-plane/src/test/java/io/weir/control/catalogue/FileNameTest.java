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

  @ParameterizedTest
  @CsvSource({"http://h/dir/, dir", "http://h/a/My%20Dir/, My Dir", "file:///srv/d/, d"})
  void nameOfABaseUrlIsItsLastDirectory(URI url, String name) {
    assertEquals(name, FileName.ofBaseUrl(url).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/", "http://h/a//", "http://h/../"})
  void baseUrlsThatEndInNoNameAreRefused(URI url) {
    assertThrows(IllegalArgumentException.class, () -> FileName.ofBaseUrl(url));
  }

  @Test
  void lengthOfAChosenNameCountsBytes() {
    assertEquals(255, FileName.chosen("x".repeat(255)).value().length());
    assertThrows(IllegalArgumentException.class, () -> FileName.chosen("é".repeat(128)));
  }

  @Test
  void halfASurrogatePairIsNotChosen() {
    assertThrows(IllegalArgumentException.class, () -> FileName.chosen("a\ud800"));
  }

  @Test
  void torrentMadeElsewhereMayHaveANameThatIsNotChosenHere() {
    assertThrows(IllegalArgumentException.class, () -> FileName.chosen("a\\b"));
    assertEquals("a%5Cb", new FileName("a\\b").toPathSegment());
    for (String none : new String[] {"", ".", "..", "a/b"}) {
      assertThrows(IllegalArgumentException.class, () -> new FileName(none));
    }
  }

  @Test
  void pathSegmentDecodesToTheName() {
    FileName name = new FileName("My Film é+100%~.mkv");
    assertEquals("My%20Film%20%C3%A9%2B100%25~.mkv", name.toPathSegment());
    assertEquals(name, FileName.ofUrl(URI.create("http://h/" + name.toPathSegment())));
  }
}
