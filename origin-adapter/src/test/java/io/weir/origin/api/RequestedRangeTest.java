package io.weir.origin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.origin.source.ByteRange;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestedRangeTest {
  @Test
  void rangeWithinTheFileIsItself() {
    assertEquals(satisfiable(0, 1), RequestedRange.parse("bytes=0-0", 10));
    assertEquals(satisfiable(3, 8), RequestedRange.parse("Bytes=3-7", 10));
  }

  @Test
  void endIsCutToTheFile() {
    assertEquals(satisfiable(3, 10), RequestedRange.parse("bytes=3-10", 10));
    assertEquals(satisfiable(3, 10), RequestedRange.parse("bytes=3-", 10));
  }

  private static RequestedRange satisfiable(long first, long end) {
    return new RequestedRange.Satisfiable(new ByteRange(first, end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-10", "bytes=10-", "bytes=999999999999999999-"})
  void beginningBeyondTheFileIsOutside(String header) {
    assertEquals(new RequestedRange.Outside(), RequestedRange.parse(header, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-5",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "bytes 0-1",
        "items=0-1",
        "bytes=0x1-2",
        "bytes=0-99999999999999999999",
        "bytes=٠-١"
      })
  void anythingElseIsUnusable(String header) {
    assertEquals(new RequestedRange.Unusable(), RequestedRange.parse(header, 10));
  }

  @Test
  void absentHeaderIsUnusable() {
    assertEquals(new RequestedRange.Unusable(), RequestedRange.parse(null, 10));
  }

  @Test
  void whateverIsSatisfiableLiesWithinTheFile() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "0123456789-,= ";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder header = new StringBuilder("bytes=");
      int length = random.nextInt(8);
      for (int c = 0; c < length; c++) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      long fileBytes = 1L + random.nextInt(1_000);
      if (RequestedRange.parse(header.toString(), fileBytes)
          instanceof RequestedRange.Satisfiable range) {
        assertTrue(range.bytes().end() <= fileBytes, header + " seed " + seed);
      }
    }
  }
}
