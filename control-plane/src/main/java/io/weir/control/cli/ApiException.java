package io.weir.control.cli;

/** The control plane could not be reached, or refused; the message is for the operator. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  ApiException(String message) {
    super(message);
  }

  ApiException(String message, Throwable cause) {
    super(message, cause);
  }
}
