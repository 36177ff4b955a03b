package io.weir.origin.source;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An origin could not be read; the message says what it did, for people. */
public final class OriginException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTED_CHARS = 128;

  private final Fault fault;
  private final @Nullable Duration retryAfter;

  /** Names the fault and the occurrence. */
  public OriginException(Fault fault, String message) {
    super(message);
    this.fault = fault;
    this.retryAfter = null;
  }

  OriginException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
    this.retryAfter = null;
  }

  OriginException(Fault fault, String message, @Nullable Duration retryAfter) {
    super(message);
    this.fault = fault;
    this.retryAfter = retryAfter;
  }

  /** The kind of fault. */
  public Fault fault() {
    return fault;
  }

  /** How long the origin asks to be left alone, if it does. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Text from an origin, cut so that no origin decides how long our messages are. */
  static String quote(String remote) {
    return remote.length() <= MAX_QUOTED_CHARS
        ? "'" + remote + "'"
        : "'" + remote.substring(0, MAX_QUOTED_CHARS) + "…'";
  }
}
