package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.control.Problem;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to call the API wrongly that anyone thought of, and its answer. */
class ApiFaultsIT {
  private static final String URL = "{\"origin\":{\"url\":\"http://o/film\"}";
  private static final String FILES = "{\"origin\":{\"baseUrl\":\"http://o/d/\",\"files\":";
  private static final String REGISTRATION =
      """
      {"endpoints":{"id":"edge-9","http":"http://h:1","peer":"h:1","udpTracker":"udp://h:1",
       "admin":"http://h:1"},"storeCapacityBytes":1,"softwareVersion":"x"}""";
  private static final String NUMBERS = "{\"assignmentVersion\":1,\"storedBytes\":1,\"holdings\":";

  private static ControlPlaneFixture weir;

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    weir = new ControlPlaneFixture(dir);
    weir.registerNode("edge-1", 1 << 20);
    weir.adapter.done("there", 1, TestTorrent.of("film", 1_000, 1));
    weir.publish("there", "http://o/film");
    weir.awaitState("there", "ready");
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  /** A request that is refused, with the status and how the detail begins. */
  private record Refused(
      String method, String path, byte[] body, List<String> headers, int status, String detail) {
    @Override
    public String toString() {
      String text = new String(body, StandardCharsets.UTF_8);
      return method
          + " "
          + path
          + " "
          + headers
          + " "
          + text.substring(0, Math.min(100, text.length()))
          + " → "
          + status
          + " "
          + detail;
    }
  }

  private static Refused put(String body, String detail) {
    return put(body.getBytes(StandardCharsets.UTF_8), detail);
  }

  private static Refused put(byte[] body, String detail) {
    return request("PUT", "/v1/contents/film", body, 400, detail);
  }

  private static Refused node(String body, String detail) {
    return request("PUT", "/v1/nodes/edge-9", body.getBytes(StandardCharsets.UTF_8), 400, detail);
  }

  private static Refused heartbeat(String body, String detail) {
    return request(
        "POST", "/v1/nodes/edge-1/heartbeat", body.getBytes(StandardCharsets.UTF_8), 400, detail);
  }

  private static Refused bare(
      String method, String path, int status, String detail, String... headers) {
    return new Refused(method, path, new byte[0], List.of(headers), status, detail);
  }

  private static Refused request(
      String method, String path, byte[] body, int status, String detail) {
    return new Refused(
        method, path, body, List.of("Content-Type", "application/json"), status, detail);
  }

  private static String torrent(byte[] torrent) {
    return ",\"torrent\":\"" + Base64.getEncoder().encodeToString(torrent) + "\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<Refused> bodies() {
    byte[] single = TestTorrent.of("film", 1_000, 1);
    byte[] multi = TestTorrent.ofFiles("set", List.of("a", "b"), 1);
    String base = "{\"origin\":{\"baseUrl\":\"http://o/d/\"}";
    return Stream.of(
        put("", "body: must be a JSON object"),
        put(" \n", "body: must be a JSON object"),
        put("null", "body: must be a JSON object"),
        put("[]", "body: must be a JSON object"),
        put("42", "body: must be a JSON object"),
        put("\"x\"", "body: must be a JSON object"),
        put("{", "body: Unexpected end-of-input"),
        put(URL, "body: Unexpected end-of-input"),
        put(URL + ",}", "body: Unexpected character ('}'"),
        put(URL + "}}", "body: Unexpected close marker '}'"),
        put(URL + "} {}", "body: must end with its object"),
        put(URL + "} garbage", "body: Unrecognized token 'garbage'"),
        put("\ufeff" + URL + "}", "body: Unexpected character"),
        put((URL + "}").getBytes(StandardCharsets.UTF_16), "body: "),
        put((URL + "}").getBytes(StandardCharsets.UTF_16LE), "body: "),
        put(bytes(URL + ",\"name\":\"\u00e4\"}"), "body: is not UTF-8"),
        put(bytes(URL + ",\"name\":\"\u00c0\u00af\"}"), "body: is not UTF-8"),
        put(bytes(URL + ",\"name\":\"\u00ed\u00a0\u0080\"}"), "body: is not UTF-8"),
        put(URL + ",\"name\":\"a\tb\"}", "body: Illegal unquoted character"),
        put(URL + ",\"name\":\"\\ud800\"}", "name: must not contain half a surrogate pair"),
        put("{'origin':1}", "body: Unexpected character (''' (code 39))"),
        put("{\"origin\":NaN}", "body: Non-standard token 'NaN'"),
        put("// x\n" + URL + "}", "body: Unexpected character ('/'"),
        put("[".repeat(100_000), "body: must be a JSON object"),
        put("{\"x\":".repeat(100_000), "x: is not known here"),
        put(FILES + "[".repeat(100_000), "origin.files[0]: must be a string"),
        put("{\"origin\":" + "9".repeat(5_000) + "}", "body: Number value length (5000) exceeds"),
        put(URL + ",\"name\":1e999999999}", "name: must be a string"),
        put("{\"origin\":{\"url\":\"http://o/a\"},\"origin\":{}}", "body: Duplicate field"),
        put("{\"origin\":{\"url\":\"http://o/a\",\"url\":\"http://o/b\"}}", "body: Duplicate"),
        put(URL + ",\"nmae\":\"x\"}", "nmae: is not known here; known are"),
        put("{\"origin\":{\"uri\":\"http://o/a\"}}", "origin.uri: is not known here; known are"),
        put("{}", "origin: is missing"),
        put("{\"origin\":{}}", "origin: must have either url or baseUrl"),
        put("{\"origin\":\"http://o/a\"}", "origin: must be an object with url or baseUrl"),
        put("{\"origin\":{\"url\":true}}", "origin.url: must be a string"),
        put("{\"origin\":{\"url\":\"ftp://o/a\"}}", "origin.url: must be an http:"),
        put("{\"origin\":{\"url\":\"http://u:p@o/a\"}}", "origin.url: must not carry credentials"),
        put("{\"origin\":{\"url\":\"http://o/\"}}", "name (from the origin's URL): must not be e"),
        put(URL + ",\"name\":\"" + "x".repeat(256) + "\"}", "name: must have at most 255 bytes"),
        put(FILES + "[]}}", "origin.files: must name 1 to 50000 files"),
        put(FILES + "\"a\"}}", "origin.files: must be an array of strings"),
        put(FILES + "[\"a\",7]}}", "origin.files[1]: must be a string"),
        put(FILES + "[\"a\",\"b/../c\"]}}", "origin.files[1]: must not be '.' or '..'"),
        put(FILES + "[\"a\",\"/b\"]}}", "origin.files[1]: must not begin or end with a slash"),
        put(FILES + "[\"a\",\"a\"]}}", "origin.files[1]: is the same as files[0]"),
        put(FILES + "[\"a/b\",\"A/B\"]}}", "origin.files[1]: differs from files[0] only in case"),
        put(FILES + "[\"a/b\",\"a\"]}}", "origin.files[1]: is also the directory of files[0]"),
        put(FILES + "[" + "\"a\",".repeat(60_000) + "\"a\"]}}", "origin.files: must name 1 to 50"),
        put(base + "}", "origin.files: is missing"),
        put(
            "{\"origin\":{\"baseUrl\":\"http://o/d\",\"files\":[\"a\"]}}",
            "origin.baseUrl: must end"),
        put(URL + ",\"torrent\":{}}", "torrent: must be a string in Base64"),
        put(URL + ",\"torrent\":\"a-_=\"}", "torrent: is not Base64"),
        put(URL + torrent(bytes("d4:infoi1ee")), "torrent: info: "),
        put(URL + torrent(bytes("l".repeat(100_000))), "torrent: "),
        put(URL + torrent(new byte[11 << 20]), "torrent: "),
        put(URL + torrent(multi), "origin.url: must be baseUrl, the torrent is multi-file"),
        put(base + torrent(single), "origin.baseUrl: must be url, the torrent is single-file"),
        put(FILES + "[\"a\"]}" + torrent(multi), "origin.files: must not be there, the torrent"),
        put(URL + ",\"name\":\"other\"" + torrent(single), "name: must be the torrent's"),
        node("", "body: "),
        node("null", "body: must be a JSON object"),
        node("[]", "body: "),
        node("{}", "storeCapacityBytes: is missing"),
        node("{\"storeCapacityBytes\":1}", "endpoints: is missing"),
        node(REGISTRATION + "x", "body: Unrecognized token 'x'"),
        node(REGISTRATION.replace("\"x\"", "7"), "softwareVersion: is missing or of the wrong"),
        node(REGISTRATION.replace(":1,\"soft", ":\"1\",\"soft"), "storeCapacityBytes: is missing"),
        node(REGISTRATION.replace(":1,\"soft", ":1.5,\"soft"), "storeCapacityBytes: is missing"),
        node(REGISTRATION.replace(":1,\"soft", ":1e99,\"soft"), "storeCapacityBytes: is missing"),
        node(REGISTRATION.replace("\"edge-9\"", "\"edge-8\""), "endpoints.id: must be the path's"),
        node(REGISTRATION.replace("udp://h:1", "udp://h"), "endpoints.udpTracker: must be udp:"),
        heartbeat(NUMBERS + "[{}]}", "holdings[0].contentVersion: is missing"),
        heartbeat(NUMBERS + "{}}", "holdings: is missing or of the wrong type"),
        heartbeat(NUMBERS + "[],\"storedBytes\":2}", "body: Duplicate field 'storedBytes'"),
        heartbeat(NUMBERS + "[],\"x\":" + "[".repeat(5_000), "body: "),
        request("PUT", "/v1/contents/Film", bytes(URL + "}"), 400, "id: must match"),
        request("PUT", "/v1/contents/a%20b", bytes(URL + "}"), 400, "id: must match"),
        request("PUT", "/v1/contents/" + "x".repeat(64), bytes(URL + "}"), 400, "id: must match"));
  }

  static Stream<Refused> requests() {
    String film = "/v1/contents/there";
    return Stream.of(
        bare("GET", "/v2", 404, "there is nothing at this path"),
        bare("GET", "/v1/contents/there/", 404, "there is nothing at this path"),
        bare("GET", "/v1/contents//torrent", 404, "there is nothing at this path"),
        bare("GET", "/v1/contents/absent", 404, "id: no content absent is registered"),
        bare("DELETE", "/v1/contents/absent", 404, "id: no content absent is registered"),
        bare("POST", "/v1/contents/absent/purge", 404, "id: no content absent is registered"),
        bare("GET", "/v1/contents/NO", 400, "id: must match"),
        bare("GET", "/v1/nodes/absent", 404, "id: no such node is registered"),
        bare("POST", film, 405, "this path does not know POST"),
        bare("PATCH", film, 405, "this path does not know PATCH"),
        bare("OPTIONS", film, 405, "this path does not know OPTIONS"),
        bare("DELETE", "/v1/contents", 405, "this path does not know DELETE"),
        bare("PUT", film, 415, "Content-Type: must be application/json"),
        bare("PUT", film, 415, "Content-Type: must be", "Content-Type", "text/plain"),
        bare(
            "PUT",
            film,
            415,
            "Content-Type: must be",
            "Content-Type",
            "application/json;charset=utf-16"),
        bare(
            "PUT",
            film,
            415,
            "Content-Encoding: bodies are not read compressed",
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip"),
        bare("GET", "/v1/contents?limit=0", 400, "limit: must be a whole number from 1 to 500"),
        bare("GET", "/v1/contents?limit=501", 400, "limit: must be a whole number"),
        bare("GET", "/v1/nodes?limit=x", 400, "limit: must be a whole number"),
        bare("GET", "/v1/contents?limit=", 400, "limit: must be a whole number"),
        bare("GET", "/v1/contents?cursor=%25", 400, "cursor: is not one that a page named"),
        bare("GET", "/v1/nodes?cursor=Lw", 400, "cursor: is not one that a page named"),
        bare("GET", film, 400, "If-Match: must be * or a list", "If-Match", "1-ready"),
        bare("GET", film, 400, "If-None-Match: must be * or a list", "If-None-Match", "\"a"),
        bare("GET", film, 412, "If-Match, If-None-Match: ", "If-Match", "\"0-ready\""),
        bare("DELETE", film, 400, "If-Match: must be * or a list", "If-Match", "x"),
        bare("DELETE", film, 412, "If-Match, If-None-Match: ", "If-Match", "W/\"1-ready\""),
        bare("DELETE", film, 412, "If-Match, If-None-Match: ", "If-None-Match", "*"),
        bare("POST", film + "/purge", 400, "If-Match: must be * or a list", "If-Match", "*, *"),
        bare("POST", film + "/purge", 412, "If-Match, If-None-Match: ", "If-Match", "\"9-ready\""),
        bare("POST", film + "/purge", 412, "If-Match, ", "If-None-Match", "\"1-ready\""));
  }

  @ParameterizedTest
  @MethodSource({"bodies", "requests"})
  void refusalSaysWhatIsWrong(Refused refused) throws Exception {
    String token =
        refused.path().startsWith("/v1/nodes/edge")
            ? ControlPlaneFixture.NODE
            : ControlPlaneFixture.ADMIN;
    BodyPublisher told = BodyPublishers.ofByteArray(refused.body());
    check(refused, token, told);
    check(refused, token, BodyPublishers.fromPublisher(told)); // chunked
  }

  private static void check(Refused refused, String token, BodyPublisher body) throws Exception {
    HttpRequest.Builder request =
        weir.request(token, refused.path()).method(refused.method(), body);
    Answer answer = weir.send(request, refused.headers().toArray(String[]::new));
    assertEquals(refused.status(), answer.status(), answer::text);
    assertProblem(answer.json(), answer.header("Content-Type"), refused.status());
    String detail = answer.json().path("detail").asText();
    assertTrue(detail.startsWith(refused.detail()), detail);
    assertTrue(detail.length() < 1_000, "not everything that was sent is repeated");
    assertEquals(refused.status() == 405, !answer.header("Allow").isEmpty());
    assertEquals(404, weir.admin("GET", "/v1/contents/film").status(), "nothing was stored");
    assertEquals(1, weir.content("there").path("version").asInt(), "nothing was changed");
  }

  private static void assertProblem(JsonNode problem, String mediaType, int status) {
    assertEquals(Problem.MEDIA_TYPE, mediaType);
    assertEquals("about:blank", problem.path("type").asText());
    assertEquals(status, problem.path("status").asInt());
    assertTrue(problem.path("title").asText().length() > 3, problem::toString);
  }

  @Test
  void createOnlyAndUpdateOnlyAreConditions() throws Exception {
    String body = URL + "}";
    assertEquals(412, weir.put("there", body, "If-None-Match", "*").status());
    assertEquals(412, weir.put("new", body, "If-Match", "*").status());
    assertEquals(202, weir.put("new", body, "If-None-Match", "*").status());
    assertEquals(412, weir.put("new", body, "If-None-Match", "*").status());
    assertEquals(200, weir.put("there", body, "If-Match", "\"x\", \"1-ready\"").status());
    assertEquals(204, weir.admin("DELETE", "/v1/contents/new", "If-Match", "*").status());
  }

  @Test
  void whatTheCallerHasAlreadyIsNotSentAgain() throws Exception {
    String tag = weir.admin("GET", "/v1/contents/there").header("ETag");
    for (String known : List.of(tag, "W/" + tag, "*", "\"x\", " + tag)) {
      Answer same = weir.admin("GET", "/v1/contents/there", "If-None-Match", known);
      assertEquals(304, same.status());
      assertEquals(tag, same.header("ETag"));
      assertEquals(0, same.bytes().length);
    }
    assertEquals(200, weir.admin("GET", "/v1/contents/there", "If-None-Match", "\"x\"").status());
  }

  @Test
  void whatIsNoHttpIsAnsweredWith400AndTheConnectionClosed() throws Exception {
    String head = " HTTP/1.1\r\nHost: h\r\n";
    for (String raw :
        List.of(
            "nonsense\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET /%zz" + head + "\r\n",
            "GET /v1/contents?limit=%zz" + head + "\r\n",
            "GET /" + head + "X: " + "x".repeat(20_000) + "\r\n\r\n",
            "PUT /v1/contents/film" + head + "Content-Length: x\r\n\r\n",
            "PUT /v1/contents/film" + head + "Content-Length: -1\r\n\r\n")) {
      String answer = raw(raw);
      String line = answer.lines().findFirst().orElse("");
      assertTrue(line.matches("HTTP/1.1 4\\d\\d .*"), raw.substring(0, 12) + " → " + answer);
    }
    assertEquals(200, weir.admin("GET", "/v1/contents").status());
  }

  @Test
  void chunkedBodyThatBreaksOffOrIsMalformedIsNotTakenForAWhole() throws Exception {
    String head =
        "PUT /v1/contents/film HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            + "Authorization: Bearer "
            + ControlPlaneFixture.ADMIN
            + "\r\nContent-Type: application/json\r\n";
    String body = URL + "}";
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "zz\r\n");
    raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
    raw(head + "Content-Length: " + (body.length() + 1) + "\r\n\r\n" + body);
    assertEquals(404, weir.admin("GET", "/v1/contents/film").status());
  }

  /** Sends text, ends the sending side, and returns all that comes back. */
  private static String raw(String request) throws Exception {
    URI url = URI.create(weir.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(answer);
      } catch (SocketException e) {
        // reset after the answer: what was read counts
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
