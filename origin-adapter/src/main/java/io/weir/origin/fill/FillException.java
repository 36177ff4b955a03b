package io.weir.origin.fill;

/** Bytes could not be had; the message says why, for people. */
public final class FillException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The origin failed or refused. */
    ORIGIN_FAILED,
    /** The origin was too slow. */
    DEADLINE,
    /** The origin has another object now. */
    ORIGIN_CHANGED,
    /** Too many pieces are being read at once. */
    BUSY,
    /** The content has fewer pieces. */
    NO_SUCH_PIECE,
    /** The adapter cannot read its own files. */
    ADAPTER_FAILED
  }

  private final Reason reason;

  FillException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  FillException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The kind of failure. */
  public Reason reason() {
    return reason;
  }
}
