package io.weir.loadtest.crowd.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One client that downloads a file in ranges of {@link #RANGE_BYTES}, each from the next URL, and
 * hashes it in order. A range that fails is taken up where it broke off, from the next URL, until
 * {@link #MAX_FAILURES} have failed in a row.
 *
 * <p>{@link #download} blocks one thread and may be called once; the other methods may be called
 * from any thread. The URL connection of the JDK is used because it reads the body straight into
 * the one buffer that is hashed.
 */
public final class RangeClient {
  /** Bytes of one request. */
  static final int RANGE_BYTES = 8 * 1024 * 1024;

  /** Requests that may fail one after the other. */
  static final int MAX_FAILURES = 6;

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private final List<URL> urls;
  private final long totalBytes;
  private final MessageDigest sha256;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final LongAdder received = new LongAdder();
  private int turn;
  private long offset;
  private volatile boolean abandoned;
  private volatile @Nullable HttpURLConnection current;

  /**
   * A client of one file.
   *
   * @param urls the file on each edge, at least one
   * @param totalBytes length of the file
   * @param firstUrl index of the URL to begin with, taken modulo their number
   */
  public RangeClient(List<URL> urls, long totalBytes, int firstUrl) {
    this.urls = List.copyOf(urls);
    this.totalBytes = totalBytes;
    turn = firstUrl;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Bytes of bodies received so far. */
  public long receivedBytes() {
    return received.sum();
  }

  /**
   * Downloads the whole file and returns its SHA-256 as 64 lower-case hexadecimal digits.
   *
   * @throws IOException if too many requests failed in a row, as the last of them did, or if the
   *     client was abandoned
   * @throws InterruptedException if the thread was interrupted between two requests
   */
  public String download() throws IOException, InterruptedException {
    int failures = 0;
    while (offset < totalBytes) {
      try {
        fetch(urls.get(turn++ % urls.size()), ByteSpan.from(offset, RANGE_BYTES, totalBytes));
        failures = 0;
      } catch (IOException e) {
        if (abandoned || ++failures == MAX_FAILURES) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Breaks the request under way off; {@link #download} then fails. */
  public void abandon() {
    abandoned = true;
    HttpURLConnection open = current;
    if (open != null) {
      open.disconnect();
    }
  }

  private void fetch(URL url, ByteSpan span) throws IOException {
    if (abandoned) {
      throw new IOException("client was abandoned");
    }
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    connection.setRequestProperty("Range", span.range());
    current = connection;
    String fault =
        span.faultIn(
            connection.getResponseCode(),
            connection.getHeaderField("Content-Range"),
            connection.getContentLengthLong());
    if (fault != null) {
      connection.disconnect();
      throw new IOException(fault + " from " + url);
    }
    try (InputStream body = connection.getInputStream()) {
      receive(body, span, url);
    }
  }

  private void receive(InputStream body, ByteSpan span, URL url) throws IOException {
    while (offset <= span.last()) {
      int wanted = (int) Math.min(BUFFER_BYTES, span.last() - offset + 1);
      int read = body.read(buffer, 0, wanted);
      if (read < 0) {
        throw new EOFException("body of " + span.range() + " ends at " + offset + " from " + url);
      }
      sha256.update(buffer, 0, read);
      offset += read;
      received.add(read);
    }
  }
}
