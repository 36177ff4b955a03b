package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a Range header says, of a file of whatever length: the ranges are inside the file, apart
 * and bounded, and say the same when they are written as a header again.
 */
class ByteRangesFuzzTest {
  private static final List<Long> LENGTHS = List.of(0L, 1L, 100L, 1L << 40, Long.MAX_VALUE);

  static Stream<byte[]> seeds() {
    return Stream.of("bytes=0-0, 20-29,-5", "bytes=-0", "bytes=99-,,\t5-4", "items=1-2")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void rangesAreInsideAndApart(byte[] latin1) {
    String header = new String(latin1, StandardCharsets.ISO_8859_1);
    LENGTHS.forEach(lengthBytes -> check(header, lengthBytes));
  }

  static void check(String header, long lengthBytes) {
    if (!(ByteRanges.parse(header, lengthBytes) instanceof ByteRanges.Parts parts)) {
      return;
    }
    assertFalse(parts.ranges().isEmpty());
    assertTrue(parts.ranges().size() <= ByteRanges.MAX_RANGES);
    for (int r = 0; r < parts.ranges().size(); r++) {
      ByteRange range = parts.ranges().get(r);
      assertTrue(range.last() < lengthBytes);
      assertFalse(parts.ranges().subList(0, r).stream().anyMatch(range::touches));
    }
    String again =
        parts.ranges().stream()
            .map(range -> range.first() + "-" + range.last())
            .collect(Collectors.joining(",", "bytes=", ""));
    assertEquals(parts, ByteRanges.parse(again, lengthBytes));
  }
}
