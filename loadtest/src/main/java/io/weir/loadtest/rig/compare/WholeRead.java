package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a whole object from a server: it has it all afterwards, and what is measured is what was
 * meant.
 *
 * @param url where
 */
record WholeRead(URI url) {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TIMEOUT_MILLIS = 60_000;

  /**
   * Reads and compares.
   *
   * @throws IOException if it is not the file, byte for byte
   */
  void compare(Path file) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream served = connection.getInputStream();
        InputStream original = Files.newInputStream(file)) {
      byte[] expected = new byte[BUFFER_BYTES];
      byte[] actual = new byte[BUFFER_BYTES];
      long at = 0;
      int length;
      while ((length = original.readNBytes(expected, 0, BUFFER_BYTES)) > 0) {
        int got = served.readNBytes(actual, 0, length);
        if (got < length || !Arrays.equals(expected, 0, length, actual, 0, length)) {
          throw new IOException(url + " serves other bytes than " + file + " from " + at);
        }
        at += length;
      }
      if (served.read() >= 0) {
        throw new IOException(url + " serves more than " + file);
      }
    }
  }
}
