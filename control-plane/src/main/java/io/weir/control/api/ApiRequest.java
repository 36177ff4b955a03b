package io.weir.control.api;

import io.weir.control.catalogue.ContentId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as endpoints see it: matched, authorized and received whole.
 *
 * @param path the template's variables, percent-decoded
 * @param query parameters, percent-decoded, the first of each name
 * @param baseUrl scheme and authority that the caller used, without trailing slash
 * @param headers those in {@link #HEADERS} that are there; one sent several times is joined to a
 *     list (RFC 9110 section 5.3)
 * @param body whole; empty where there is none
 */
record ApiRequest(
    Map<String, String> path,
    Map<String, String> query,
    String baseUrl,
    Map<String, String> headers,
    byte[] body) {
  /** The headers that endpoints look at. */
  static final List<String> HEADERS =
      List.of("Content-Type", "Content-Encoding", "If-Match", "If-None-Match");

  /** One of {@link #HEADERS}, null where absent. */
  @Nullable String header(String name) {
    return headers.get(name);
  }

  /** A variable of the route's template. */
  String variable(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no variable " + name);
    }
    return value;
  }

  /** A variable of the route's template that names a content. */
  ContentId contentId(String name) throws RequestFault {
    try {
      return new ContentId(variable(name));
    } catch (IllegalArgumentException e) {
      throw RequestFault.at(name, String.valueOf(e.getMessage()));
    }
  }

  /** A whole number among the query parameters, within bounds. */
  long number(String name, long absent, long min, long max) throws RequestFault {
    String text = query.get(name);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of bounds
    }
    throw RequestFault.at(name, "must be a whole number from " + min + " to " + max);
  }
}
