package io.weir.origin.api;

import io.weir.origin.source.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Range header (RFC 9110 §14.2) asks for of a file of known length. */
sealed interface RequestedRange {
  /** Bytes that there are; an end beyond the file is cut to it. */
  record Satisfiable(ByteRange bytes) implements RequestedRange {}

  /** Begins beyond the file. */
  record Outside() implements RequestedRange {}

  /** Absent, or anything but one {@code bytes=first-last}. */
  record Unusable() implements RequestedRange {}

  /** One range with a beginning; its end may be left open. */
  Pattern SYNTAX = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?", Pattern.CASE_INSENSITIVE);

  static RequestedRange parse(@Nullable String header, long lengthBytes) {
    Matcher matcher = SYNTAX.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return new Unusable();
    }
    long first = Long.parseLong(matcher.group(1));
    String last = matcher.group(2);
    long end = last == null ? lengthBytes : Math.min(lengthBytes, Long.parseLong(last) + 1);
    if (last != null && Long.parseLong(last) < first) {
      return new Unusable();
    }
    return first < lengthBytes ? new Satisfiable(new ByteRange(first, end)) : new Outside();
  }
}
