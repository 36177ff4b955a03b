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
 * as many have failed in a row as it puts up with.
 *
 * <p>Every request but the first is conditional on the version that the first answer named
 * (If-Range, RFC 9110 section 13.1.5). Where there is another version, the download begins anew
 * with that, so that what is hashed in the end is one version, whichever.
 *
 * <p>{@link #download} blocks one thread and may be called once; the other methods may be called
 * from any thread. The URL connection of the JDK is used because it reads the body straight into
 * the one buffer that is hashed.
 */
public final class RangeClient {
  /** Bytes of one request. */
  static final int RANGE_BYTES = 8 * 1024 * 1024;

  /** Requests that may fail one after the other where nothing else is asked for. */
  public static final int MAX_FAILURES = 6;

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private final List<URL> urls;
  private final int maxFailures;
  private final MessageDigest sha256;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final LongAdder received = new LongAdder();
  private long totalBytes;
  private @Nullable String version;
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
   * @param maxFailures requests that may fail one after the other, a fifth of a second between them
   */
  public RangeClient(List<URL> urls, long totalBytes, int firstUrl, int maxFailures) {
    this.urls = List.copyOf(urls);
    this.totalBytes = totalBytes;
    this.maxFailures = maxFailures;
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
        fetch(urls.get(turn++ % urls.size()));
        failures = 0;
      } catch (IOException e) {
        if (abandoned || ++failures == maxFailures) {
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

  private void fetch(URL url) throws IOException {
    if (abandoned) {
      throw new IOException("client was abandoned");
    }
    ByteSpan span = ByteSpan.from(offset, RANGE_BYTES, totalBytes);
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    connection.setRequestProperty("Range", span.range());
    if (version != null) {
      connection.setRequestProperty("If-Range", version);
    }
    current = connection;
    String fault = faultIn(connection, span);
    if (fault != null) {
      connection.disconnect();
      throw new IOException(fault + " from " + url);
    }
    try (InputStream body = connection.getInputStream()) {
      receive(body, span, url);
    }
  }

  /** What is wrong with an answer's head, or null; where it is of another version, begins anew. */
  private @Nullable String faultIn(HttpURLConnection answer, ByteSpan span) throws IOException {
    int status = answer.getResponseCode();
    String tag = answer.getHeaderField("ETag");
    boolean another = version != null && tag != null && !tag.equals(version);
    if (another && status == HttpURLConnection.HTTP_OK) {
      beginAnew(tag, answer.getContentLengthLong());
      return "another version";
    }
    if (another && status == HttpURLConnection.HTTP_PARTIAL) {
      return "part of version " + tag + ", though of " + version + " alone was asked";
    }
    String fault =
        span.faultIn(status, answer.getHeaderField("Content-Range"), answer.getContentLengthLong());
    if (fault == null) {
      version = tag;
    }
    return fault;
  }

  private void beginAnew(String otherVersion, long lengthBytes) {
    version = otherVersion;
    totalBytes = lengthBytes;
    offset = 0;
    sha256.reset();
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
