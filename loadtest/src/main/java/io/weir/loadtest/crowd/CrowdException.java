package io.weir.loadtest.crowd;

/** Why the crowd gave a participant up; the message is for people. */
final class CrowdException extends Exception {
  private static final long serialVersionUID = 1L;

  CrowdException(String message) {
    super(message);
  }
}
