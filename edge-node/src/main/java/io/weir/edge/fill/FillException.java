package io.weir.edge.fill;

import org.jspecify.annotations.Nullable;

/** A source could not deliver a piece; the message says what it answered. */
public final class FillException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what the source answered. */
  public FillException(String message) {
    super(message);
  }

  /** Says what failed below. */
  public FillException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
