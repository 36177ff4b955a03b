package io.weir.origin.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Range of a 206 (RFC 9110 §14.4), complete length included: an answer without it
 * cannot be told from another version.
 *
 * @param range the bytes enclosed
 * @param totalBytes length of the whole object
 */
record ContentRange(ByteRange range, long totalBytes) {
  private static final Pattern SYNTAX =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})", Pattern.CASE_INSENSITIVE);

  /** Reads the header; empty where it is anything but one complete byte range. */
  static Optional<ContentRange> parse(String header) {
    Matcher matcher = SYNTAX.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total = Long.parseLong(matcher.group(3));
    return first <= last && last < total
        ? Optional.of(new ContentRange(new ByteRange(first, last + 1), total))
        : Optional.empty();
  }
}
