package io.weir.edge.fill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.edge.fixture.TestContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An origin adapter on loopback that serves pieces, until the test has it misbehave. */
public final class FakeAdapter implements AutoCloseable {
  /** How one request is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Answer answer = this::serve;

  /** Serves the pieces of {@link TestContent#PIECE_BYTES} that the files make end to end. */
  public FakeAdapter(List<byte[]> files) throws IOException {
    ByteArrayOutputStream concatenation = new ByteArrayOutputStream();
    files.forEach(concatenation::writeBytes);
    content = concatenation.toByteArray();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Path and credential of each request. */
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
    requests.add("%s %s".formatted(exchange.getRequestURI(), headers.getFirst("Authorization")));
    try (exchange) {
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int piece = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    int first = piece * TestContent.PIECE_BYTES;
    int end = Math.min(content.length, first + TestContent.PIECE_BYTES);
    send(exchange, 200, Arrays.copyOfRange(content, first, end));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
