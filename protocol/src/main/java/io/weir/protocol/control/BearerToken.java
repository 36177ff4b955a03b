package io.weir.protocol.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A shared secret that requests carry as {@code Authorization: Bearer …}. Never printed. */
public final class BearerToken {
  private static final String PREFIX = "Bearer ";

  private final byte[] headerBytes;

  private BearerToken(byte[] headerBytes) {
    this.headerBytes = headerBytes;
  }

  /**
   * A token given as text.
   *
   * @throws IllegalArgumentException if it is blank or not printable ASCII without spaces
   */
  public static BearerToken of(String token) {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException("a token is printable ASCII without spaces");
    }
    return new BearerToken((PREFIX + token).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether a request with this Authorization header carries the token; in constant time. */
  public boolean matches(@Nullable String authorization) {
    return authorization != null
        && MessageDigest.isEqual(headerBytes, authorization.getBytes(StandardCharsets.UTF_8));
  }

  /** The value to send as Authorization header. */
  public String toHeader() {
    return new String(headerBytes, StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "BearerToken[…]";
  }
}
