package io.weir.edge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminServerIT {
  private static final List<String> DRAINING = List.of("draining");
  private static final BearerToken TOKEN = BearerToken.of("secret");

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile List<String> unready = List.of();
  private volatile List<String> degraded = List.of();

  @Test
  void loopbackShowsMetricsToAnyone() throws Exception {
    meters.counter("weir.test.things").increment();
    try (AdminServer admin = start("127.0.0.1")) {
      HttpResponse<String> metrics = get(admin, "/metrics", "");
      assertEquals(200, metrics.statusCode());
      assertTrue(metrics.body().contains("weir_test_things_total 1.0"), metrics.body());
    }
  }

  @Test
  void elsewhereMetricsAskForTheToken() throws Exception {
    try (AdminServer admin = start("0.0.0.0")) {
      HttpResponse<String> refused = get(admin, "/metrics", "");
      assertEquals(401, refused.statusCode());
      assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(""));
      assertEquals(401, get(admin, "/metrics", "Bearer wrong").statusCode());
      assertEquals(200, get(admin, "/metrics", "Bearer secret").statusCode());
      assertEquals(200, get(admin, "/healthz", "").statusCode());
      assertEquals(200, get(admin, "/readyz", "").statusCode());
    }
  }

  @Test
  void nodeIsReadyOnceNothingIsMissing() throws Exception {
    try (AdminServer admin = start("127.0.0.1")) {
      unready = List.of("no assignment \"yet\"");
      HttpResponse<String> waiting = get(admin, "/readyz", "");
      assertEquals(503, waiting.statusCode());
      assertTrue(waiting.body().contains("\"reasons\":[\"no assignment \\\"yet\\\"\"]"));
      assertEquals(200, get(admin, "/healthz", "").statusCode());
      unready = List.of();
      degraded = List.of("pieces are not stored");
      HttpResponse<String> ready = get(admin, "/readyz", "");
      assertEquals(200, ready.statusCode());
      assertTrue(ready.body().contains("\"degraded\":[\"pieces are not stored\"]"), ready.body());
    }
  }

  @Test
  void drainIsAskedForByPostAndSeenInReadiness() throws Exception {
    try (AdminServer admin = start("127.0.0.1")) {
      assertEquals(405, get(admin, "/drain", "").statusCode());
      assertEquals(200, get(admin, "/readyz", "").statusCode());
      assertEquals(200, post(admin, "/drain", "").statusCode());
      assertEquals(503, get(admin, "/readyz", "").statusCode());
      assertTrue(get(admin, "/readyz", "").body().contains("\"reasons\":[\"draining\"]"));
    }
  }

  @Test
  void elsewhereDrainAsksForTheToken() throws Exception {
    try (AdminServer admin = start("0.0.0.0")) {
      assertEquals(401, post(admin, "/drain", "").statusCode());
      assertEquals(401, post(admin, "/drain", "Bearer wrong").statusCode());
      assertEquals(200, get(admin, "/readyz", "").statusCode());
      assertEquals(200, post(admin, "/drain", "Bearer secret").statusCode());
      assertEquals(503, get(admin, "/readyz", "").statusCode());
    }
  }

  @Test
  void nothingElseIsThere() throws Exception {
    try (AdminServer admin = start("127.0.0.1")) {
      assertEquals(404, get(admin, "/", "").statusCode());
      assertEquals(404, get(admin, "/metrics/x", "").statusCode());
      assertEquals(405, post(admin, "/healthz", "").statusCode());
    }
  }

  @Test
  void portThatIsTakenIsAnError() throws Exception {
    try (AdminServer admin = start("127.0.0.1")) {
      ListenAddress taken = new ListenAddress("127.0.0.1", admin.address().getPort());
      assertThrows(
          IOException.class,
          () -> AdminServer.start(taken, TOKEN, meters, () -> unready, () -> degraded, () -> {}));
    }
  }

  private AdminServer start(String host) throws IOException {
    return AdminServer.start(
        new ListenAddress(host, 0),
        TOKEN,
        meters,
        () -> unready,
        () -> degraded,
        () -> unready = DRAINING);
  }

  private HttpResponse<String> get(AdminServer admin, String path, String authorization)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(admin, path)), authorization);
  }

  private HttpResponse<String> post(AdminServer admin, String path, String authorization)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(admin, path)).POST(HttpRequest.BodyPublishers.noBody()),
        authorization);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String authorization)
      throws IOException, InterruptedException {
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(AdminServer admin, String path) {
    return URI.create("http://127.0.0.1:" + admin.address().getPort() + path);
  }
}
