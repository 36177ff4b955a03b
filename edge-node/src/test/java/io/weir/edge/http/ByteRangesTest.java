package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangesTest {
  /** {@code whole}, {@code none} for unsatisfiable, or the ranges to be sent. */
  @ParameterizedTest(name = "{0} of {1} bytes is {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "absent",
      value = {
        "absent                    | 100 | whole",
        "bytes=0-0                 | 100 | 0-0",
        "bytes=0-99                | 100 | 0-99",
        "bytes=10-19               | 100 | 10-19",
        "bytes=99-99               | 100 | 99-99",
        "bytes=007-0008            | 100 | 7-8",
        "bytes=0-                  | 100 | 0-99",
        "bytes=50-                 | 100 | 50-99",
        "bytes=99-                 | 100 | 99-99",
        "bytes=100-                | 100 | none",
        "bytes=-1                  | 100 | 99-99",
        "bytes=-100                | 100 | 0-99",
        "bytes=-101                | 100 | 0-99",
        "bytes=-0                  | 100 | none",
        "bytes=90-100              | 100 | 90-99",
        "bytes=90-1000000          | 100 | 90-99",
        "bytes=100-200             | 100 | none",
        "bytes=0-99999999999999999999999999 | 100 | 0-99",
        "bytes=99999999999999999999999999-  | 100 | none",
        "bytes=-99999999999999999999999999  | 100 | 0-99",
        "bytes=99999999999999999999-99999999999999999998 | 100 | none",
        "BYTES=1-2                 | 100 | 1-2",
        "Bytes=1-2                 | 100 | 1-2",
        "bytes=1-2,5-6             | 100 | 1-2 5-6",
        "bytes=5-6,1-2             | 100 | 5-6 1-2",
        "'bytes=1-2, 5-6'          | 100 | 1-2 5-6",
        "'bytes=\t1-2 ,\t5-6 '     | 100 | 1-2 5-6",
        "bytes=1-2,,5-6            | 100 | 1-2 5-6",
        "bytes=,1-2,               | 100 | 1-2",
        "bytes=1-2,3-4             | 100 | 1-4",
        "bytes=1-5,3-9             | 100 | 1-9",
        "bytes=3-9,1-5             | 100 | 1-9",
        "bytes=0-9,20-29,5-24      | 100 | 0-29",
        "bytes=20-29,0-9,8-12      | 100 | 20-29 0-12",
        "bytes=1-2,1-2,1-2         | 100 | 1-2",
        "bytes=0-0,-1              | 100 | 0-0 99-99",
        "bytes=0-0,100-            | 100 | 0-0",
        "bytes=100-,200-           | 100 | none",
        "bytes=50-,-60             | 100 | 40-99",
        "bytes=2-1                 | 100 | whole",
        "bytes=0-1,2-1             | 100 | whole",
        "bytes=                    | 100 | whole",
        "bytes=,                   | 100 | whole",
        "bytes=-                   | 100 | whole",
        "bytes=--1                 | 100 | whole",
        "bytes=1                   | 100 | whole",
        "bytes=a-b                 | 100 | whole",
        "bytes=1-b                 | 100 | whole",
        "bytes=+1-2                | 100 | whole",
        "bytes=1 -2                | 100 | whole",
        "bytes=1-2-3               | 100 | whole",
        "bytes=0x1-2               | 100 | whole",
        "bytes=١-٢                 | 100 | whole",
        "bytes=1-2;5-6             | 100 | whole",
        "bytes 1-2                 | 100 | whole",
        "bytes                     | 100 | whole",
        "items=1-2                 | 100 | whole",
        "''                        | 100 | whole",
        "1-2                       | 100 | whole",
        "bytes=0-0                 | 1   | 0-0",
        "bytes=1-1                 | 1   | none",
        "bytes=0-                  | 0   | none",
        "bytes=0-0                 | 0   | none",
        "bytes=-5                  | 0   | whole",
        "bytes=-0                  | 0   | none",
        "bytes=4294967296-4294967297 | 5000000000 | 4294967296-4294967297",
        "bytes=-9223372036854775807 | 9223372036854775807 | 0-9223372036854775806",
      })
  void headerMeansTheseRanges(String header, long lengthBytes, String expected) {
    assertEquals(expected, describe(ByteRanges.parse(header, lengthBytes)));
  }

  @Test
  void asManyRangesAsAllowedAreAnswered() {
    assertInstanceOf(
        ByteRanges.Parts.class, ByteRanges.parse(spaced(ByteRanges.MAX_RANGES), 10_000));
  }

  @Test
  void oneRangeMoreMeansTheWholeFile() {
    assertInstanceOf(
        ByteRanges.Whole.class, ByteRanges.parse(spaced(ByteRanges.MAX_RANGES + 1), 10_000));
  }

  @Test
  void manyRangesThatJoinToFewAreAnswered() {
    String header =
        "bytes="
            + IntStream.range(0, ByteRanges.MAX_RANGES_READ)
                .mapToObj(i -> i + "-" + i)
                .collect(Collectors.joining(","));
    assertEquals(
        "0-" + (ByteRanges.MAX_RANGES_READ - 1), describe(ByteRanges.parse(header, 10_000)));
    assertEquals("whole", describe(ByteRanges.parse(header + ",0-0", 10_000)));
  }

  @Test
  void whateverIsSentRangesAreInsideAndApart() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "0123456789-, ,-abytes=\t";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder header = new StringBuilder("bytes=");
      for (int n = random.nextInt(40); n > 0; n--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      long lengthBytes = random.nextInt(1000);
      String trace = "seed=" + seed + " header=" + header + " length=" + lengthBytes;
      try {
        ByteRangesFuzzTest.check(header.toString(), lengthBytes);
      } catch (AssertionError e) {
        throw new AssertionError(trace, e);
      }
    }
  }

  private static String spaced(int ranges) {
    return "bytes="
        + IntStream.range(0, ranges)
            .mapToObj(i -> (10 * i) + "-" + (10 * i))
            .collect(Collectors.joining(","));
  }

  private static String describe(ByteRanges ranges) {
    if (ranges instanceof ByteRanges.Parts parts) {
      List<ByteRange> all = parts.ranges();
      return all.stream().map(r -> r.first() + "-" + r.last()).collect(Collectors.joining(" "));
    }
    return ranges instanceof ByteRanges.Whole ? "whole" : "none";
  }
}
