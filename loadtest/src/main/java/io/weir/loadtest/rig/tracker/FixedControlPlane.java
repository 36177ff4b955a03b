package io.weir.loadtest.rig.tracker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.NodeRegistration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The node API of a control plane that has assigned the same contents for ever, on loopback. Asks
 * for no credential. Threads of its own, which sleep while a node waits for news.
 */
final class FixedControlPlane implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/v1/nodes/[^/]+(?:/(heartbeat|assignment|metainfo)(?:/content-(\\d+)/1)?)?");

  /** A long poll's wait; nothing ever changes. */
  private static final long POLL_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SyntheticContents contents;
  private volatile @Nullable NodeRegistration registered;

  private FixedControlPlane(HttpServer server, SyntheticContents contents) {
    this.server = server;
    this.contents = contents;
  }

  static FixedControlPlane start(SyntheticContents contents) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FixedControlPlane control = new FixedControlPlane(server, contents);
    server.setExecutor(control.threads);
    server.createContext("/", control::handle);
    server.start();
    return control;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      String call = path.matches() ? path.group(1) : "";
      if (call == null) {
        registered = Json.MAPPER.readValue(body, NodeRegistration.class);
        answer(exchange, 204, new byte[0]);
      } else {
        switch (call) {
          case "heartbeat" -> answer(exchange, registered == null ? 404 : 204, new byte[0]);
          case "assignment" -> assign(exchange);
          case "metainfo" ->
              answer(exchange, 200, contents.torrent(Integer.parseInt(path.group(2))));
          default -> answer(exchange, 404, new byte[0]);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assign(HttpExchange exchange) throws IOException, InterruptedException {
    NodeRegistration node = registered;
    if (node == null) {
      answer(exchange, 404, new byte[0]);
      return;
    }
    if (exchange.getRequestURI().getQuery().contains("after=1&")) {
      TimeUnit.SECONDS.sleep(POLL_SECONDS);
      answer(exchange, 204, new byte[0]);
      return;
    }
    answer(exchange, 200, Json.MAPPER.writeValueAsBytes(contents.assignment(node.endpoints())));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
