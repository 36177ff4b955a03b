package io.weir.origin.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header that shows the adapter to some hosts. Its secret stays in a file, is read again for
 * every request, and is in no message. Safe for any thread.
 */
public final class OriginCredential {
  /** RFC 9110 §5.1. */
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /** What the adapter itself says in a request. */
  private static final Set<String> TAKEN =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "if-match",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final HostPattern hosts;
  private final String headerName;
  private final @Nullable String username;
  private final Path secretFile;

  private OriginCredential(
      String hosts, String headerName, @Nullable String username, Path secretFile) {
    this.hosts = HostPattern.parse(hosts);
    this.headerName = headerName;
    this.username = username;
    this.secretFile = secretFile;
  }

  /**
   * A header whose whole value is in a file.
   *
   * @param hosts a host, or {@code *.domain}
   * @throws IllegalArgumentException if the pattern or the header's name cannot be used
   */
  public static OriginCredential ofHeader(String hosts, String headerName, Path valueFile) {
    if (!HEADER_NAME.matcher(headerName).matches()
        || TAKEN.contains(headerName.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header '" + headerName + "' cannot carry a credential");
    }
    return new OriginCredential(hosts, headerName, null, valueFile);
  }

  /**
   * Basic authentication (RFC 7617, in UTF-8) with the password in a file.
   *
   * @throws IllegalArgumentException if the pattern or the user name cannot be used
   */
  public static OriginCredential ofPassword(String hosts, String username, Path passwordFile) {
    if (username.isEmpty()
        || username.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("a username is not empty and has no ':'");
    }
    return new OriginCredential(hosts, "Authorization", username, passwordFile);
  }

  boolean isFor(String host) {
    return hosts.matches(HostPattern.normalise(host));
  }

  String headerName() {
    return headerName;
  }

  /**
   * The header's value as the file has it now.
   *
   * @throws IOException if the file cannot be read or its content cannot stand in a header
   */
  String headerValue() throws IOException {
    String secret = SecretFile.read(secretFile);
    if (username != null) {
      byte[] pair = (username + ":" + secret).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
    if (secret.chars().anyMatch(c -> c > '~')) {
      throw new IOException(secretFile + " holds more than printable ASCII");
    }
    return secret;
  }
}
