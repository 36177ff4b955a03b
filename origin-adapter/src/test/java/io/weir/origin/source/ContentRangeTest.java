package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentRangeTest {
  @Test
  void completeRangeIsRead() {
    assertEquals(
        Optional.of(new ContentRange(new ByteRange(42, 1234), 1235)),
        ContentRange.parse("bytes 42-1233/1235"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes 0-1/*",
        "bytes */10",
        "bytes 5-4/10",
        "bytes 0-10/10",
        "bytes -1-2/10",
        "bytes=0-1/10",
        "items 0-1/10",
        "bytes 0-1/10, bytes 2-3/10",
        "bytes 0-1/99999999999999999999",
        "bytes ٠-١/١٠"
      })
  void anythingElseIsNot(String header) {
    assertTrue(ContentRange.parse(header).isEmpty(), header);
  }

  @Test
  void whateverIsReadLiesWithinItsTotal() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "bytes 0123456789-/*,= ";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder header = new StringBuilder(random.nextBoolean() ? "bytes " : "");
      int length = random.nextInt(12);
      for (int c = 0; c < length; c++) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ContentRange.parse(header.toString())
          .ifPresent(
              range ->
                  assertTrue(range.range().end() <= range.totalBytes(), header + " seed " + seed));
    }
  }
}
