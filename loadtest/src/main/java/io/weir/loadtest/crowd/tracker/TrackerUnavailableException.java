package io.weir.loadtest.crowd.tracker;

/** A tracker that did not answer in time, refused, or could not be understood. */
public final class TrackerUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  TrackerUnavailableException(String message) {
    super(message);
  }

  TrackerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
