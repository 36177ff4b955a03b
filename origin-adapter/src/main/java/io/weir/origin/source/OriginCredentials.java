package io.weir.origin.source;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is shown to which origin; the first that names the host is used. Safe for any thread.
 *
 * @param inOrder may be empty
 */
public record OriginCredentials(List<OriginCredential> inOrder) {
  /** Copies. */
  public OriginCredentials {
    inOrder = List.copyOf(inOrder);
  }

  /**
   * Reads every secret once, so that a start tells what a request would trip over.
   *
   * @throws IOException naming the file that cannot be used
   */
  public void requireReadable() throws IOException {
    for (OriginCredential credential : inOrder) {
      try {
        credential.headerValue();
      } catch (IOException e) {
        throw new IOException("the credential for an origin is unusable: " + e.getMessage(), e);
      }
    }
  }

  Optional<OriginCredential> of(URI url) {
    return inOrder.stream().filter(credential -> credential.isFor(url.getHost())).findFirst();
  }
}
