package io.weir.origin.ingest;

/** A request to ingest that no origin can make right; the message names the field. */
final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRequestException(String message) {
    super(message);
  }
}
