package io.weir.protocol.tracker;

/**
 * A tracker message that cannot be understood; the message names the field and the fault. Without a
 * stack trace: strangers can cause any number of them, and what they sent tells all there is.
 */
public final class TrackerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names the field and the fault. */
  public TrackerException(String message) {
    super(message, null, false, false);
  }
}
