package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPathTest {
  static Stream<Arguments> paths() {
    return Stream.of(
        Arguments.of("/", List.of("")),
        Arguments.of("", List.of("")),
        Arguments.of("/c/film/a.mp4", List.of("c", "film", "a.mp4")),
        Arguments.of("/c/film/", List.of("c", "film", "")),
        Arguments.of("/c//a", List.of("c", "", "a")),
        Arguments.of("/c/a%20b", List.of("c", "a b")),
        Arguments.of("/c/a+b", List.of("c", "a+b")),
        Arguments.of("/c/a;b=c", List.of("c", "a;b=c")),
        Arguments.of("/c/a%2Fb", List.of("c", "a/b")),
        Arguments.of("/c/a%2fb", List.of("c", "a/b")),
        Arguments.of("/c/../d", List.of("c", "..", "d")),
        Arguments.of("/c/%2e%2E/d", List.of("c", "..", "d")),
        Arguments.of("/c/%252e", List.of("c", "%2e")),
        Arguments.of("/c/%00", List.of("c", "\0")),
        Arguments.of("/c/%C3%A9", List.of("c", "é")),
        Arguments.of("/c/%F0%9F%8E%AC", List.of("c", "🎬")),
        Arguments.of("/c/é", List.of("c", "é")));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void segmentsAreDecodedEachByItself(String rawPath, List<String> expected) {
    assertEquals(new UrlPath.Segments(expected), UrlPath.decode(rawPath));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/c/%",
        "/c/%2",
        "/c/%zz",
        "/c/a%2/b",
        "/c/%-1",
        "/c/%+1",
        "/c/%FF",
        "/c/%C3",
        "/c/%C0%AF",
        "/c/%ED%A0%80",
        "/%/x"
      })
  void pathThatIsNotUtf8InWholeEscapesIsMalformed(String rawPath) {
    assertInstanceOf(UrlPath.Malformed.class, UrlPath.decode(rawPath));
  }

  @Test
  void encodedNameDecodesToItself() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String name =
          random
              .ints(random.nextInt(20), 0, 0x11000)
              .filter(c -> c < 0xd800 || c > 0xdfff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertEquals(
          new UrlPath.Segments(List.of(name)),
          UrlPath.decode('/' + UrlPath.encodeSegment(name)),
          "seed=" + seed);
    }
  }

  @Test
  void nothingButUnreservedCharactersIsLeftUnescaped() {
    assertEquals("a%20%2F%3F%C3%A9~_.-Z9", UrlPath.encodeSegment("a /?é~_.-Z9"));
  }
}
