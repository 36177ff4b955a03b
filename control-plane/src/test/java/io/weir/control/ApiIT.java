package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiIT {
  private static ControlPlaneFixture weir;

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    weir = new ControlPlaneFixture(dir);
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  private record Operation(String method, String path, String caller) {}

  /** Every operation of the description the server itself hands out. */
  private static List<Operation> described() throws Exception {
    Answer yaml = weir.send(weir.request("", "/openapi.yaml").GET());
    assertEquals(200, yaml.status());
    JsonNode paths = new YAMLMapper().readTree(yaml.bytes()).path("paths");
    List<Operation> operations = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = paths.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> path = i.next();
      path.getValue()
          .fields()
          .forEachRemaining(
              operation -> {
                if (!operation.getKey().equals("parameters")) {
                  operations.add(
                      new Operation(
                          operation.getKey().toUpperCase(Locale.ROOT),
                          path.getKey(),
                          caller(operation.getValue().path("security"))));
                }
              });
    }
    return operations;
  }

  private static String caller(JsonNode security) {
    if (security.isMissingNode()) {
      return "operator";
    }
    return security.isEmpty() || security.get(0).isEmpty()
        ? "anyone"
        : security.get(0).fieldNames().next();
  }

  @Test
  void everyOperationAsksForExactlyTheTokenThatIsDescribed() throws Exception {
    for (Operation operation : described()) {
      String path = operation.path().replaceAll("\\{[^}]*\\}", "x");
      check(operation, path, "", operation.caller().equals("anyone") ? 0 : 401);
      check(operation, path, "wrong", operation.caller().equals("anyone") ? 0 : 401);
      check(
          operation, path, ControlPlaneFixture.ADMIN, operation.caller().equals("node") ? 403 : 0);
      check(
          operation,
          path,
          ControlPlaneFixture.NODE,
          operation.caller().equals("operator") ? 403 : 0);
    }
  }

  /** Status 0 stands for anything but a refusal of who calls. */
  private static void check(Operation operation, String path, String token, int expected)
      throws Exception {
    HttpRequest.Builder request =
        weir.request(token, path).method(operation.method(), BodyPublishers.noBody());
    Answer answer = weir.send(request);
    if (expected == 0) {
      assertTrue(answer.status() != 401 && answer.status() != 403, operation + " " + token);
    } else {
      assertEquals(expected, answer.status(), operation + " " + token);
      assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
      assertEquals(expected == 401, answer.header("WWW-Authenticate").startsWith("Bearer"));
    }
  }

  @Test
  void unknownPathIs404AndUnknownMethod405WithAllow() throws Exception {
    Answer nothing = weir.admin("GET", "/v1/content");
    assertEquals(404, nothing.status());
    assertEquals(404, nothing.json().path("status").asInt());
    assertEquals("Not Found", nothing.json().path("title").asText());
    Answer method = weir.admin("PATCH", "/v1/contents/film");
    assertEquals(405, method.status());
    assertEquals("DELETE, GET, HEAD, PUT", method.header("Allow"));
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() throws Exception {
    Answer head = weir.send(weir.request("", "/").method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.status());
    assertEquals(0, head.bytes().length);
  }

  @Test
  void bodyBeyondItsBoundIs413WhetherItsLengthIsToldOrNot() throws Exception {
    BodyPublisher body = BodyPublishers.ofByteArray(new byte[(64 << 10) + 1]);
    assertEquals(413, status("PUT", "/v1/nodes/edge-1", body));
    assertEquals(413, status("PUT", "/v1/nodes/edge-1", BodyPublishers.fromPublisher(body)));
    BodyPublisher largest = BodyPublishers.ofByteArray(new byte[64 << 10]);
    assertEquals(400, status("PUT", "/v1/nodes/edge-1", largest));
    BodyPublisher publication = BodyPublishers.ofByteArray(new byte[(32 << 20) + 1]);
    assertEquals(
        413, status("PUT", "/v1/contents/film", BodyPublishers.fromPublisher(publication)));
  }

  /** Undertow would cut what is chunked and longer than 2 MiB, were it not told otherwise. */
  @Test
  void longBodyIsReadWholeWithoutItsLengthToldToo() throws Exception {
    String air = " ".repeat(3 << 20);
    BodyPublisher heartbeat =
        BodyPublishers.ofString(
            air + "{\"assignmentVersion\":1,\"storedBytes\":7,\"holdings\":[]}");
    weir.registerNode("page-0", 1);
    assertEquals(
        204, status("POST", "/v1/nodes/page-0/heartbeat", BodyPublishers.fromPublisher(heartbeat)));
    assertEquals(7, weir.admin("GET", "/v1/nodes/page-0").json().path("storedBytes").asInt());
  }

  private static int status(String method, String path, BodyPublisher body) throws Exception {
    String token =
        path.startsWith("/v1/nodes") ? ControlPlaneFixture.NODE : ControlPlaneFixture.ADMIN;
    return weir.send(
            weir.request(token, path)
                .header("Content-Type", "application/json")
                .method(method, body))
        .status();
  }

  @Test
  void refusalNamesTheField() throws Exception {
    Answer badId = weir.publish("Film", "http://o/x");
    assertEquals(400, badId.status());
    assertTrue(badId.json().path("detail").asText().startsWith("id: must match"));
    Answer badOrigin = weir.publish("film", "ftp://o/x");
    assertTrue(badOrigin.json().path("detail").asText().startsWith("origin.url: "));
    Answer form =
        weir.send(
            weir.request(ControlPlaneFixture.ADMIN, "/v1/contents/film")
                .PUT(BodyPublishers.ofString("{}")));
    assertEquals(415, form.status());
  }

  @Test
  void serviceRoutesNeedNoToken() throws Exception {
    for (String path : List.of("/", "/healthz", "/readyz", "/metrics", "/openapi.yaml")) {
      assertEquals(200, weir.send(weir.request("", path).GET()).status(), path);
    }
  }

  @Test
  void metricsAskForEitherTokenWhereOthersThanThisMachineReachThem(@TempDir Path other)
      throws Exception {
    try (ControlPlaneFixture open =
        new ControlPlaneFixture(other, new ListenAddress("0.0.0.0", 0))) {
      Answer refused = open.send(open.request("", "/metrics").GET());
      assertEquals(401, refused.status());
      assertEquals(Problem.MEDIA_TYPE, refused.header("Content-Type"));
      assertEquals(401, open.send(open.request("wrong", "/metrics").GET()).status());
      for (String token : List.of(ControlPlaneFixture.ADMIN, ControlPlaneFixture.NODE)) {
        assertEquals(200, open.send(open.request(token, "/metrics").GET()).status());
      }
      assertEquals(200, open.send(open.request("", "/healthz").GET()).status());
    }
  }

  @Test
  void metricsTellOfRequestsContentsNodesAndVersion() throws Exception {
    weir.admin("GET", "/v1/contents/nothing-here");
    String metrics = weir.send(weir.request("", "/metrics").GET()).text();
    assertTrue(
        metrics.contains("weir_api_requests_total{route=\"/v1/contents/{id}\",status=\"4xx\"}"),
        metrics);
    assertTrue(metrics.contains("weir_contents{state=\"ready\"}"), metrics);
    assertTrue(metrics.contains("weir_assignment_version "), metrics);
    assertTrue(metrics.contains("weir_nodes{state=\"up\"}"), metrics);
    assertTrue(metrics.contains("weir_ingests_total{outcome=\"failed\"}"), metrics);
  }

  @Test
  void listsComeInPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      weir.publish("page-" + i, "http://o/x");
      weir.registerNode("page-" + i, 1);
    }
    for (String list : List.of("contents", "nodes")) {
      List<String> ids = new ArrayList<>();
      String query = "?limit=2";
      while (query != null) {
        JsonNode page = weir.admin("GET", "/v1/" + list + query).json();
        assertTrue(page.path("items").size() <= 2);
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        query = page.path("next").isNull() ? null : "?limit=2&cursor=" + page.path("next").asText();
      }
      assertEquals(List.of("page-0", "page-1", "page-2", "page-3", "page-4"), ids);
    }
    assertEquals(400, weir.admin("GET", "/v1/contents?cursor=nonsense").status());
  }
}
