package io.weir.loadtest.rig.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A server of ranges with a fault of the test's choice: before each answer the test may change the
 * body, wait or throw. A thread a connection.
 */
final class RangeServer implements AutoCloseable {
  private final byte[] content;
  private final ServerSocket listener;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private volatile IntConsumer beforeAnswer = number -> {};
  private volatile boolean corrupt;

  private RangeServer(byte[] content, ServerSocket listener, String scheme) {
    this.content = content;
    this.listener = listener;
    this.scheme = scheme;
    threads.execute(this::accept);
  }

  static RangeServer start(byte[] content) throws IOException {
    return new RangeServer(
        content, new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), "http");
  }

  /** Over TLS; takes ownership of the listener. */
  static RangeServer startTls(byte[] content, ServerSocket listener) {
    return new RangeServer(content, listener, "https");
  }

  URI url(String path) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** Called with each answer's number, from 0, before it is sent. */
  void beforeAnswer(IntConsumer action) {
    beforeAnswer = action;
  }

  /** Sends other bytes from now on. */
  void corrupt() {
    corrupt = true;
  }

  int connections() {
    return connections.get();
  }

  Set<String> paths() {
    return paths;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String request;
      while ((request = in.readLine()) != null) {
        String range = "";
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          range = line.startsWith("Range: bytes=") ? line.substring(13) : range;
        }
        answer(request, range, socket.getOutputStream());
      }
    } catch (IOException e) {
      // The client has gone, or the test is over.
    }
  }

  private void answer(String request, String range, OutputStream out) throws IOException {
    if (request.startsWith("HEAD ")) {
      out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n\r\n"));
      return;
    }
    paths.add(request.split(" ", -1)[1]);
    beforeAnswer.accept(answered.getAndIncrement());
    int dash = range.indexOf('-');
    int first = Integer.parseInt(range.substring(0, dash));
    int last = Integer.parseInt(range.substring(dash + 1));
    byte[] body = Arrays.copyOfRange(content, first, last + 1);
    body[body.length - 1] ^= (byte) (corrupt ? 1 : 0);
    out.write(
        ascii(
            "HTTP/1.1 206 Partial Content\r\nContent-Length: %d\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
                .formatted(body.length, first, last, content.length)));
    out.write(body);
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
