package io.weir.protocol.config;

/** A configuration that cannot be used; the message names file, line, key and fault. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names file, line, key and fault. */
  public ConfigException(String message) {
    super(message);
  }
}
