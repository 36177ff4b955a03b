package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.Undertow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyReceiverIT {
  private static final int MAX_BYTES = 20;

  private final BodyBudget budget = new BodyBudget(10);
  private Undertow server;

  @BeforeEach
  void start() {
    BodyReceiver receiver = new BodyReceiver(budget, Duration.ofMillis(300));
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                exchange ->
                    receiver.receive(
                        exchange,
                        MAX_BYTES,
                        (received, body) ->
                            Responses.send(received, new Outcome.Bytes("text/plain", body, null))))
            .build();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private HttpResponse<String> post(BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/")).POST(body).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void bodyThatFindsTheBudgetSpentIsRefusedAndAskedToComeAgain() throws Exception {
    HttpResponse<String> refused = post(BodyPublishers.ofString("x".repeat(11)));
    assertEquals(503, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
    BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString("x"));
    assertEquals(503, post(chunked).statusCode(), "counts as long as it may become");
    assertEquals("x".repeat(10), post(BodyPublishers.ofString("x".repeat(10))).body());
    assertEquals("", post(BodyPublishers.noBody()).body());
  }

  @Test
  void bodyThatTakesTooLongLosesItsConnectionAndGivesBackWhatItTook() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(15_000);
      socket
          .getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
      assertTrue(socket.getInputStream().read() <= 0 || budget.left() == 10);
    }
    HttpResponse<String> next;
    do {
      next = post(BodyPublishers.ofString("x".repeat(10)));
    } while (next.statusCode() == 503);
    assertEquals("x".repeat(10), next.body());
  }
}
