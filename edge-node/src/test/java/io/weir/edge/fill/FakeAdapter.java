package io.weir.edge.fill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An origin adapter on loopback that serves files by index, until the test has it misbehave. */
public final class FakeAdapter implements AutoCloseable {
  /** How one request is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<byte[]> files;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Answer answer = this::serve;

  public FakeAdapter(List<byte[]> files) throws IOException {
    this.files = files;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Path, range and credential of each request. */
  public List<String> requests() {
    return requests;
  }

  void answerBy(Answer other) {
    answer = other;
  }

  void answerRight() {
    answer = this::serve;
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    requests.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestURI(),
                headers.getFirst("Range"),
                headers.getFirst("Authorization")));
    try (exchange) {
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] file = files.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    String[] range =
        exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length()).split("-", 2);
    int first = Integer.parseInt(range[0]);
    int last = Integer.parseInt(range[1]);
    send(
        exchange,
        206,
        "bytes %d-%d/%d".formatted(first, last, file.length),
        Arrays.copyOfRange(file, first, last + 1));
  }

  static void send(HttpExchange exchange, int status, String contentRange, byte[] body)
      throws IOException {
    if (!contentRange.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Range", contentRange);
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
