package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersIT {
  @Test
  void requestThatFindsTheQueueFullIsRefusedWith503() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Workers workers = new Workers(1, 1)) {
      Undertow server =
          Undertow.builder()
              .addHttpListener(0, "127.0.0.1")
              .setHandler(
                  exchange ->
                      workers.handOn(
                          exchange,
                          worked -> {
                            release.await();
                            Responses.send(worked, new Outcome.Nothing());
                          }))
              .build();
      server.start();
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(server) + "/")).build();
        HttpClient http = HttpClient.newHttpClient();
        var first = http.sendAsync(request, BodyHandlers.ofString());
        var second = http.sendAsync(request, BodyHandlers.ofString());
        var third = http.sendAsync(request, BodyHandlers.ofString());
        // One works, one is queued: whichever comes last is refused while the others wait.
        HttpResponse<?> refused =
            (HttpResponse<?>)
                CompletableFuture.anyOf(first, second, third).get(15, TimeUnit.SECONDS);
        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        release.countDown();
        CompletableFuture.allOf(first, second, third).get(15, TimeUnit.SECONDS);
      } finally {
        release.countDown();
        server.stop();
      }
    }
  }

  private static int port(Undertow server) {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }
}
