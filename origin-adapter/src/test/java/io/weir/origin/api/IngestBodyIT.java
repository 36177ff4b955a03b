package io.weir.origin.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that come slowly or not at all, over real sockets. */
final class IngestBodyIT {
  private static final byte[] SHORT = json("http://origin.example/a");
  private static final byte[] LONG =
      json("http://origin.example/" + "a".repeat(IngestBody.SHORT_BYTES));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch entered = new CountDownLatch(IngestBody.LONG_AT_ONCE);
  private Undertow server;

  private static byte[] json(String url) {
    try {
      return Json.MAPPER.writeValueAsBytes(IngestRequest.ofUrl(url, "a"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private InetSocketAddress start(Duration deadline) {
    IngestBody bodies = new IngestBody(deadline);
    server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) IngestBody.MAX_BYTES)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                new BlockingHandlers(
                    exchange -> {
                      entered.countDown();
                      bodies.take(exchange, request -> exchange.setStatusCode(204));
                    },
                    threads,
                    64,
                    () -> {}))
            .build();
    server.start();
    return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
  }

  @AfterEach
  void close() {
    server.stop();
    threads.shutdownNow();
  }

  private int put(InetSocketAddress address, byte[] body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/");
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    return answer.statusCode();
  }

  private static Socket stall(InetSocketAddress address) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    socket
        .getOutputStream()
        .write("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n{".getBytes(US_ASCII));
    return socket;
  }

  @Test
  void longBodiesAreBoundedAndShortOnesWaitForNobody() throws Exception {
    InetSocketAddress address = start(Duration.ofMinutes(5));
    try (Socket first = stall(address);
        Socket second = stall(address)) {
      entered.await(20, TimeUnit.SECONDS);
      long begun = System.nanoTime();
      while (put(address, LONG) != 503) {
        assertEquals(
            0, (System.nanoTime() - begun) / Duration.ofSeconds(20).toNanos(), "never busy");
      }
      assertEquals(204, put(address, SHORT));
    }
  }

  @Test
  void bodyThatNeverComesGivesItsPlaceBack() throws Exception {
    InetSocketAddress address = start(Duration.ofMillis(200));
    try (Socket first = stall(address);
        Socket second = stall(address)) {
      assertEquals(-1, first.getInputStream().read());
      assertEquals(-1, second.getInputStream().read());
      long begun = System.nanoTime();
      while (put(address, LONG) != 204) {
        assertEquals(
            0, (System.nanoTime() - begun) / Duration.ofSeconds(20).toNanos(), "never free");
      }
    }
  }
}
