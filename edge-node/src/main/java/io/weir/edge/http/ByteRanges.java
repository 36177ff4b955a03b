package io.weir.edge.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Range header asks of a file (RFC 9110 §14.2). Pure.
 *
 * <p>A header that is absent, malformed or of another unit than bytes is ignored, as the RFC
 * allows, and the whole file is sent. So is one that asks for more than {@link #MAX_RANGES}
 * separate ranges after those that overlap or touch have been joined, since many small ranges cost
 * more than they save (RFC 9110 §17.15).
 */
sealed interface ByteRanges {
  /** Separate ranges that one answer will carry. */
  int MAX_RANGES = 16;

  /** Ranges read from a header before joining, so that joining is cheap whatever is sent. */
  int MAX_RANGES_READ = 128;

  /** The whole file, with status 200. */
  record Whole() implements ByteRanges {}

  /**
   * Parts of the file, with status 206.
   *
   * @param ranges 1 to {@link #MAX_RANGES}, none touching another, in the order they were asked for
   */
  record Parts(List<ByteRange> ranges) implements ByteRanges {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /** Well-formed, but no range has a byte in this file: status 416. */
  record Unsatisfiable() implements ByteRanges {}

  /** Reads a header's value, null where there is none, against a file of this length. */
  static ByteRanges parse(@Nullable String header, long lengthBytes) {
    if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    List<ByteRange> ranges = new ArrayList<>();
    int specs = 0;
    for (String element : header.substring(6).split(",", -1)) {
      String spec = trimBlanks(element);
      if (spec.isEmpty()) {
        continue;
      }
      int dash = spec.indexOf('-');
      if (++specs > MAX_RANGES_READ || !isRangeSpec(spec, dash)) {
        return new Whole();
      }
      long first = position(spec.substring(0, dash));
      long last = position(spec.substring(dash + 1));
      if (first >= 0 && last >= 0 && last < first) {
        return new Whole();
      }
      if (first < 0 && last > 0 && lengthBytes == 0) {
        // A suffix of an empty file is satisfiable (§14.1.2), but has no Content-Range to name it.
        return new Whole();
      }
      add(ranges, clip(first, last, lengthBytes));
    }
    if (specs == 0 || ranges.size() > MAX_RANGES) {
      return new Whole();
    }
    return ranges.isEmpty() ? new Unsatisfiable() : new Parts(ranges);
  }

  private static boolean isRangeSpec(String spec, int dash) {
    return dash >= 0
        && spec.length() > 1
        && areDigits(spec, 0, dash)
        && areDigits(spec, dash + 1, spec.length());
  }

  private static boolean areDigits(String spec, int from, int to) {
    for (int i = from; i < to; i++) {
      if (spec.charAt(i) < '0' || spec.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Digits as a number, {@code Long.MAX_VALUE} where they do not fit, -1 for no digits. */
  private static long position(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static @Nullable ByteRange clip(long first, long last, long lengthBytes) {
    if (first < 0) {
      return last == 0 ? null : new ByteRange(Math.max(0, lengthBytes - last), lengthBytes - 1);
    }
    if (first >= lengthBytes) {
      return null;
    }
    return new ByteRange(first, last < 0 ? lengthBytes - 1 : Math.min(last, lengthBytes - 1));
  }

  /** Joins the range with those it touches, at the place of the first of them. */
  private static void add(List<ByteRange> ranges, @Nullable ByteRange range) {
    if (range == null) {
      return;
    }
    ByteRange joined = range;
    int place = ranges.size();
    for (int i = ranges.size() - 1; i >= 0; i--) {
      if (ranges.get(i).touches(joined)) {
        joined = joined.span(ranges.remove(i));
        place = i;
      }
    }
    ranges.add(place, joined);
  }

  private static String trimBlanks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
