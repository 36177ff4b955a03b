package io.weir.edge.http;

/**
 * What the sockets' send buffers may be ({@code SO_SNDBUF}). The kernel's own tuning, which lets
 * every buffer grow to megabytes and keeps what a stalled client does not take, is off where these
 * are set; they are small at first and grow for clients that drain them quickly.
 *
 * @param firstBytes of a connection that has proved nothing; the kernel takes up to twice that
 * @param mostBytes of one connection: enough for its rate times its round trip
 * @param grownBytes of all connections together, above their first ones
 */
public record SendBufferLimits(int firstBytes, int mostBytes, long grownBytes) {
  /** Validates. */
  public SendBufferLimits {
    if (firstBytes < 1 || mostBytes < firstBytes || grownBytes < 0) {
      throw new IllegalArgumentException("no bounds of send buffers");
    }
  }
}
