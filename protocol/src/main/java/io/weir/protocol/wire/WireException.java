package io.weir.protocol.wire;

/** A frame that breaks the peer wire protocol; closes exactly the session that received it. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names the message and the fault. */
  public WireException(String message) {
    super(message);
  }
}
