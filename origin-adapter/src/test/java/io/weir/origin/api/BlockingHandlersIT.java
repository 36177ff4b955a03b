package io.weir.origin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BlockingHandlersIT {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger refused = new AtomicInteger();
  private Undertow server;

  private URI start(HttpHandler handler) {
    server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new BlockingHandlers(handler, threads, 1, refused::incrementAndGet))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort() + "/");
  }

  @AfterEach
  void close() {
    server.stop();
    threads.shutdownNow();
  }

  @Test
  void oneRequestTooManyIsToldToComeBack() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    URI uri =
        start(
            exchange -> {
              entered.countDown();
              leave.await();
              exchange.setStatusCode(204);
            });
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    CompletableFuture<HttpResponse<String>> first =
        client.sendAsync(request, BodyHandlers.ofString());
    entered.await();

    HttpResponse<String> second = client.send(request, BodyHandlers.ofString());
    assertEquals(503, second.statusCode());
    assertEquals("1", second.headers().firstValue("Retry-After").orElse(""));
    assertEquals(1, refused.get());
    leave.countDown();
    assertEquals(204, first.join().statusCode());
  }

  @Test
  void requestThatBreaksGivesItsPlaceBack() throws Exception {
    URI uri =
        start(
            exchange -> {
              throw new IllegalStateException("broken on purpose");
            });
    HttpRequest request = HttpRequest.newBuilder(uri).build();

    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(500, answer.statusCode());
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    }
  }
}
