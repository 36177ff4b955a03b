package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any path is malformed, or has as many segments as slashes tell and reads the same when each is
 * encoded again.
 */
class UrlPathFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of("/c/film/a%20b+c.mp4", "/c/%C3%A9/%2e%2E/%2f", "/%c0%af", "//x%00/%zz")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void pathIsMalformedOrReadsTheSameAgain(byte[] latin1) {
    String raw = new String(latin1, StandardCharsets.ISO_8859_1);
    if (!(UrlPath.decode(raw) instanceof UrlPath.Segments path)) {
      return;
    }
    assertFalse(path.segments().isEmpty());
    String again =
        path.segments().stream()
            .map(UrlPath::encodeSegment)
            .collect(Collectors.joining("/", "/", ""));
    assertEquals(path, UrlPath.decode(again));
  }
}
