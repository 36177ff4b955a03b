package io.weir.protocol.config;

/**
 * Where a listener binds, written {@code host:port} or {@code [v6]:port}; port 0 is any free port.
 *
 * @param host a literal address or a name that resolves to one of this machine's
 * @param port 0 to 65535
 */
public record ListenAddress(String host, int port) {
  /** STUB. */
  public static ListenAddress parse(String text) {
    throw new UnsupportedOperationException();
  }

  /** STUB. Whether only this machine can reach it. */
  public boolean isLoopback() {
    throw new UnsupportedOperationException();
  }
}
