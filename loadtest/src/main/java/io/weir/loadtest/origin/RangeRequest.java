package io.weir.loadtest.origin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Range header asks of a file (RFC 9110, section 14.2). */
sealed interface RangeRequest {
  /** All of it: no range, one that cannot be understood, or several at once. */
  record Whole() implements RangeRequest {}

  /** The bytes from first to last, both included and within the file. */
  record Part(long first, long last) implements RangeRequest {
    long lengthBytes() {
      return last - first + 1;
    }
  }

  /** Nothing that the file has. */
  record Unsatisfiable() implements RangeRequest {}

  /** One range; eighteen digits always fit in a long. */
  Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Reads a header against a file's length. */
  static RangeRequest parse(@Nullable String header, long lengthBytes) {
    Matcher range = ONE_RANGE.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new Whole();
    }
    long end = lengthBytes - 1;
    if (range.group(1).isEmpty()) {
      long suffixBytes = Long.parseLong(range.group(2));
      return part(Math.max(0, lengthBytes - suffixBytes), end, lengthBytes);
    }
    long first = Long.parseLong(range.group(1));
    if (range.group(2).isEmpty()) {
      return part(first, end, lengthBytes);
    }
    long last = Long.parseLong(range.group(2));
    return last < first ? new Whole() : part(first, Math.min(last, end), lengthBytes);
  }

  private static RangeRequest part(long first, long last, long lengthBytes) {
    return first < lengthBytes ? new Part(first, last) : new Unsatisfiable();
  }
}
