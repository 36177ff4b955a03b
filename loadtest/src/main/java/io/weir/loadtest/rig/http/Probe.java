package io.weir.loadtest.rig.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks how long objects are, by HEAD: reading a byte would warm what is to be loaded cold. */
final class Probe {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 30_000;

  private final @Nullable TlsEngines engines;

  /**
   * Prepares.
   *
   * @param engines how TLS is spoken, null where it is not
   */
  Probe(@Nullable TlsEngines engines) {
    this.engines = engines;
  }

  /**
   * Asks for all of them, one after the other.
   *
   * @throws IOException naming the first that does not answer with a length
   */
  List<Target> targets(List<URI> urls) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (URI url : urls) {
      targets.add(new Target(url, lengthBytes(url)));
    }
    return targets;
  }

  private long lengthBytes(URI url) throws IOException {
    HttpURLConnection head = (HttpURLConnection) url.toURL().openConnection();
    if (engines != null && head instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(engines.context().getSocketFactory());
      if (engines.trustsAnyone()) {
        https.setHostnameVerifier((host, session) -> true);
      }
    }
    head.setRequestMethod("HEAD");
    head.setConnectTimeout(CONNECT_MILLIS);
    head.setReadTimeout(READ_MILLIS);
    int status;
    try {
      status = head.getResponseCode();
    } catch (IOException e) {
      throw new IOException(url + ": " + e.getMessage(), e);
    }
    long length = head.getContentLengthLong();
    if (status != HttpURLConnection.HTTP_OK || length < 1) {
      throw new IOException(url + ": status " + status + " with a length of " + length);
    }
    return length;
  }
}
