package io.weir.control.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an {@code If-Match} or {@code If-None-Match} header (RFC 9110 sections 13.1.1 and
 * 13.1.2): {@code *}, or entity tags.
 *
 * @param any whether it is {@code *}
 * @param tags as they were given, weak ones with their {@code W/}
 */
record TagList(boolean any, List<String> tags) {
  private static final String WEAK = "W/";

  /** One element of a list (section 5.6.1, empty ones allowed), and what ends it. */
  private static final Pattern ELEMENT =
      Pattern.compile("[ \\t]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")?[ \\t]*(,|$)");

  static TagList parse(String headerName, String value) throws RequestFault {
    if (value.strip().equals("*")) {
      return new TagList(true, List.of());
    }
    List<String> tags = new ArrayList<>();
    Matcher element = ELEMENT.matcher(value);
    boolean more = true;
    while (more) {
      if (!element.lookingAt()) {
        throw malformed(headerName);
      }
      if (element.group(1) != null) {
        tags.add(element.group(1));
      }
      more = element.group(2).equals(",");
      element.region(element.end(), value.length());
    }
    if (tags.isEmpty()) {
      throw malformed(headerName);
    }
    return new TagList(false, List.copyOf(tags));
  }

  private static RequestFault malformed(String headerName) {
    return RequestFault.at(headerName, "must be * or a list of entity tags, each in quotes");
  }

  /** Strong comparison (section 8.8.3.2) with a strong tag: a weak one is never the same. */
  boolean hasStrong(String tag) {
    return any || tags.contains(tag);
  }

  /** Weak comparison with a strong tag. */
  boolean hasWeak(String tag) {
    return any || tags.contains(tag) || tags.contains(WEAK + tag);
  }
}
