package io.weir.loadtest.origin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Serves one file, or the files below one directory, by GET and HEAD with single ranges, a strong
 * ETag made of length and modification time, and If-Range (RFC 9110, sections 13 and 14). At most
 * {@link #THREADS} requests are answered at once and {@link #MAX_WAITING} wait. Each answer may be
 * held back for a while, which costs no thread. All methods may be called from any thread.
 */
public final class PlainOrigin implements AutoCloseable {
  /** Requests answered at once. */
  static final int THREADS = 8;

  /** Requests waiting; the connections of further ones are closed. */
  static final int MAX_WAITING = 1_000;

  private static final int CHUNK_BYTES = 256 * 1024;
  private static final int HTTP_RANGE_NOT_SATISFIABLE = 416;
  private static final long NO_BODY = -1;

  private final Path root;
  private final Path file;
  private final HttpServer server;
  private final Duration delay;
  private final long bytesPerSecond;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING));
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder requests = new LongAdder();

  private PlainOrigin(Path file, HttpServer server, Duration delay, long bytesPerSecond) {
    this.file = file;
    this.delay = delay;
    this.bytesPerSecond = bytesPerSecond;
    root = Files.isDirectory(file) ? file : file.resolveSibling(".").normalize();
    this.server = server;
  }

  /**
   * Serves a file or directory on a free port, as fast as it can.
   *
   * @throws IOException if there is nothing at {@code file} or no port on {@code host}
   */
  public static PlainOrigin start(String host, Path file) throws IOException {
    return start(host, file, Duration.ZERO, Long.MAX_VALUE);
  }

  /**
   * Serves a file or directory on a free port.
   *
   * @param bytesPerSecond of each answer
   * @throws IOException if there is nothing at {@code file} or no port on {@code host}
   */
  public static PlainOrigin startPaced(String host, Path file, long bytesPerSecond)
      throws IOException {
    return start(host, file, Duration.ZERO, bytesPerSecond);
  }

  /**
   * The same, with a wait between each request and its answer.
   *
   * @param delay from the request's head to the first byte of the answer
   * @throws IOException if there is nothing at {@code file} or no port on {@code host}
   */
  public static PlainOrigin start(String host, Path file, Duration delay) throws IOException {
    return start(host, file, delay, Long.MAX_VALUE);
  }

  private static PlainOrigin start(String host, Path file, Duration delay, long bytesPerSecond)
      throws IOException {
    Path real = file.toRealPath();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), MAX_WAITING);
    PlainOrigin origin = new PlainOrigin(real, server, delay, bytesPerSecond);
    server.createContext("/", origin::receive);
    server.setExecutor(origin.threads);
    server.start();
    return origin;
  }

  /** The file's address, or for a directory the address that its files' names are appended to. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String path = "/" + (Files.isDirectory(file) ? "" : file.getFileName());
    try {
      return new URI("http", null, address.getHostString(), address.getPort(), path, null, null)
          .toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no address for " + file, e);
    }
  }

  /** Bytes of bodies sent so far, what a broken connection did not take included. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Requests answered or refused so far, whatever their method. */
  public long requests() {
    return requests.sum();
  }

  /** Breaks off what is being sent and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    requests.increment();
    if (delay.isZero()) {
      answer(exchange);
    } else {
      var unused =
          timer.schedule(() -> answerLater(exchange), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void answerLater(HttpExchange exchange) {
    try {
      threads.execute(
          () -> {
            try {
              answer(exchange);
            } catch (IOException e) {
              // The client has gone, or reads no further: the exchange is closed by now.
            }
          });
    } catch (RejectedExecutionException e) {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      Path found = find(exchange.getRequestURI().getPath());
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_METHOD, NO_BODY);
      } else if (found == null) {
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, NO_BODY);
      } else {
        try (FileChannel content = FileChannel.open(found, StandardOpenOption.READ)) {
          send(exchange, content, etag(found), method.equals("HEAD"));
        }
      }
    }
  }

  /** The regular file below the root that a path names, or null. */
  private @Nullable Path find(String path) {
    Path named = root.resolve(path.substring(1)).normalize();
    boolean served = Files.isDirectory(file) ? named.startsWith(root) : named.equals(file);
    return served && Files.isRegularFile(named) ? named : null;
  }

  private static String etag(Path file) throws IOException {
    long modified = Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    return "\"" + Long.toHexString(Files.size(file)) + "-" + Long.toHexString(modified) + "\"";
  }

  private void send(HttpExchange exchange, FileChannel content, String etag, boolean headOnly)
      throws IOException {
    long length = content.size();
    Headers head = exchange.getResponseHeaders();
    head.set("ETag", etag);
    head.set("Accept-Ranges", "bytes");
    head.set("Content-Type", "application/octet-stream");
    RangeRequest range = range(exchange.getRequestHeaders(), etag, length);
    if (range instanceof RangeRequest.Unsatisfiable) {
      head.set("Content-Range", "bytes */" + length);
      exchange.sendResponseHeaders(HTTP_RANGE_NOT_SATISFIABLE, NO_BODY);
    } else if (range instanceof RangeRequest.Part part && !headOnly) {
      head.set("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length);
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_PARTIAL, part.lengthBytes());
      copy(content, part.first(), part.lengthBytes(), exchange.getResponseBody());
    } else if (headOnly || length == 0) {
      head.set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, NO_BODY);
    } else {
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, length);
      copy(content, 0, length, exchange.getResponseBody());
    }
  }

  /** The range asked for; all of the file where If-Range names another version of it. */
  private static RangeRequest range(Headers request, String etag, long length) {
    String condition = request.getFirst("If-Range");
    boolean applies = condition == null || condition.equals(etag);
    return applies
        ? RangeRequest.parse(request.getFirst("Range"), length)
        : new RangeRequest.Whole();
  }

  private void copy(FileChannel content, long offset, long lengthBytes, OutputStream out)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, lengthBytes));
    long left = lengthBytes;
    long startNanos = System.nanoTime();
    while (left > 0) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), left));
      if (content.read(chunk, offset + lengthBytes - left) < 0) {
        throw new EOFException("file has become shorter than " + (offset + lengthBytes));
      }
      // Counted first, so that no client holds a byte that is not counted yet.
      bytesSent.add(chunk.position());
      out.write(chunk.array(), 0, chunk.position());
      left -= chunk.position();
      long dueNanos = (long) ((lengthBytes - left) * 1e9 / bytesPerSecond);
      LockSupport.parkNanos(startNanos + dueNanos - System.nanoTime());
    }
  }
}
