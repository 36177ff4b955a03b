package io.weir.origin.source;

/** An origin could not be read; the message says what it did, for people. */
public final class OriginException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTED_CHARS = 128;

  private final Fault fault;

  /** Names the fault and the occurrence. */
  public OriginException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  OriginException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** The kind of fault. */
  public Fault fault() {
    return fault;
  }

  /** Text from an origin, cut so that no origin decides how long our messages are. */
  static String quote(String remote) {
    return remote.length() <= MAX_QUOTED_CHARS
        ? "'" + remote + "'"
        : "'" + remote.substring(0, MAX_QUOTED_CHARS) + "…'";
  }
}
