package io.weir.protocol.metainfo;

/** Bytes that are not an acceptable torrent; the message names the key and what is wrong there. */
public final class MetainfoException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names the key and the fault. */
  public MetainfoException(String message) {
    super(message);
  }

  /** Names the key and the fault that a lower layer found. */
  public MetainfoException(String message, Throwable cause) {
    super(message, cause);
  }
}
