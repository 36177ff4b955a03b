package io.weir.origin.source;

import org.jspecify.annotations.Nullable;

/**
 * One version of an object at an origin, as far as the origin tells: every later read must find the
 * same.
 *
 * @param url where it was found, redirects followed
 * @param lengthBytes 0 or more
 * @param etag its entity tag, quotes included (RFC 9110 §8.8.3), null if the origin sends none
 * @param lastModified its Last-Modified as sent, null if the origin sends none
 */
public record OriginObject(
    String url, long lengthBytes, @Nullable String etag, @Nullable String lastModified) {
  /**
   * Whether If-Match may carry the entity tag: a weak one never matches (RFC 9110 §13.1.1), and one
   * beyond ASCII would not arrive as it was sent.
   */
  boolean hasStrongEtag() {
    return etag != null && etag.startsWith("\"") && etag.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
