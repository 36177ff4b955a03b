package io.weir.origin.source;

/** What can be wrong with an origin's answer; also the closed set of the metric's outcomes. */
public enum Fault {
  /**
   * The adapter does not ask: the allow-list forbids the URL or the address that it resolves to,
   * the origin's certificate does not prove its name, or its credential cannot be read.
   */
  REFUSED(false),
  /** No connection, or it was lost before an answer. */
  UNREACHABLE(true),
  /** Too slow: connecting, stalling, below the minimum rate, or past the deadline. */
  TIMEOUT(true),
  /** The origin answered with an error that asking again does not heal. */
  REJECTED(false),
  /** The origin answered with an error that may pass. */
  FAILED(true),
  /** The object is not the one that was pinned. */
  CHANGED(false),
  /** The answer contradicts the request or itself. */
  MALFORMED(false),
  /** The body ended early. */
  SHORT(true),
  /** The origin does not tell how long the object is. */
  UNSIZED(false),
  /** The reader itself no longer wants the bytes. */
  STOPPED(false);

  private final boolean passing;

  Fault(boolean passing) {
    this.passing = passing;
  }

  /** Whether asking again may help. */
  boolean isPassing() {
    return passing;
  }
}
