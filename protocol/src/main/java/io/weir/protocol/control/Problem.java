package io.weir.protocol.control;

import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem, {@code application/problem+json}: how every JSON API here says no.
 *
 * @param type {@code about:blank} or a URN that names the kind of problem
 * @param title the same for every occurrence
 * @param status HTTP status
 * @param detail what was wrong this time, naming the field or value
 */
public record Problem(String type, String title, int status, @Nullable String detail) {
  /** Media type of the JSON form. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of no special kind. */
  public static Problem of(int status, String title, @Nullable String detail) {
    return new Problem("about:blank", title, status, detail);
  }
}
