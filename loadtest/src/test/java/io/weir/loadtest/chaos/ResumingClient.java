package io.weir.loadtest.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP client that downloads a file at a modest rate and, whenever it is cut off, resumes from
 * the next edge with Range and If-Range (RFC 9110 §13.1.5). Every byte is compared as it comes.
 */
final class ResumingClient {
  private static final int CHUNK_BYTES = 32 * 1024;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long PAUSE_MILLIS = 100;

  private final List<String> urls;
  private final byte[] expected;
  private final long bytesPerSecond;
  private int turn;
  private int offset;
  private String tag;
  private String last = "nothing yet";

  ResumingClient(List<String> urls, int firstUrl, byte[] expected, long bytesPerSecond) {
    this.urls = urls;
    this.turn = firstUrl;
    this.expected = expected;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Returns once it has every byte; fails at the first wrong one, or at the deadline. */
  void download(long deadlineNanos) throws InterruptedException {
    boolean answered = false;
    while (offset < expected.length || !answered) {
      try {
        fetch(urls.get(turn % urls.size()));
        answered = true;
      } catch (IOException e) {
        last = e.toString();
        turn++;
        if (System.nanoTime() > deadlineNanos) {
          throw new AssertionError("stands at " + offset + " of " + expected.length + ": " + last);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void fetch(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (tag != null) {
      connection.setRequestProperty("Range", "bytes=" + offset + "-");
      connection.setRequestProperty("If-Range", tag);
    }
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
      throw new IOException("status " + status + " from " + url);
    }
    boolean partial = status == HttpURLConnection.HTTP_PARTIAL;
    if (tag != null && !partial) {
      throw new AssertionError(
          "If-Range " + tag + " did not hold for " + connection.getHeaderField("ETag"));
    }
    if (partial) {
      String range = "bytes " + offset + "-" + (expected.length - 1) + "/" + expected.length;
      if (!range.equals(connection.getHeaderField("Content-Range"))) {
        throw new AssertionError(connection.getHeaderField("Content-Range") + ", not " + range);
      }
    }
    tag = connection.getHeaderField("ETag");
    try (InputStream body = connection.getInputStream()) {
      receive(body, url);
    }
  }

  private void receive(InputStream body, String url) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    while (offset < expected.length) {
      int read = body.read(chunk);
      if (read < 0) {
        throw new IOException("cut off at " + offset + " by " + url);
      }
      int wrong = Arrays.mismatch(chunk, 0, read, expected, offset, offset + read);
      if (wrong >= 0) {
        throw new AssertionError("wrong byte at " + (offset + wrong) + " from " + url);
      }
      offset += read;
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(read) / bytesPerSecond);
    }
  }
}
