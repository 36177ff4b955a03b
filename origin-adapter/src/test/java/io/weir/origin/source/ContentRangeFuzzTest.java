package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an origin says in Content-Range is not one, or a range inside the length it names. */
class ContentRangeFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of("bytes 0-99/100", "Bytes 5-4/3", "bytes */100", "bytes 1-2/*", "")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void rangeIsInsideTheLengthItNames(byte[] latin1) {
    Optional<ContentRange> read =
        ContentRange.parse(new String(latin1, StandardCharsets.ISO_8859_1));
    if (read.isEmpty()) {
      return;
    }
    ContentRange range = read.get();
    assertTrue(range.range().first() >= 0);
    assertTrue(range.range().first() < range.range().end());
    assertTrue(range.range().end() <= range.totalBytes());
    assertEquals(
        read,
        ContentRange.parse(
            "bytes %d-%d/%d"
                .formatted(range.range().first(), range.range().end() - 1, range.totalBytes())));
  }
}
