package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.LoggedWarnings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Everything that a client may get wrong, each with its one answer, from a socket. The file is
 * {@code /c/note/n}, 100 bytes long. A status without a body is the HTTP parser's, which closes.
 */
class HttpFaultsIT {
  /**
   * @param request as it is sent
   * @param answer how it begins after the protocol: the status, perhaps with its phrase
   * @param holds what else is in it
   */
  private record Row(String request, String answer, String holds) {
    @Override
    public String toString() {
      String shown = request.replace("\r\n", "⏎").replaceAll("\\p{Cntrl}", "·");
      return (shown.length() > 90 ? shown.substring(0, 90) + "…" : shown) + " is " + answer;
    }
  }

  private static final String FILE = "/c/note/n";
  private static final String GET = "GET " + FILE + " HTTP/1.1";
  private static final String HOST = "Host: e\r\n";
  private static final String CLOSE = "Connection: close\r\n";
  private static final String SECOND = GET + "\r\n" + HOST + CLOSE + "\r\n";

  static final List<Row> REQUEST_LINES =
      List.of(
          line(GET, "200", "Content-Length: 100"),
          line("GET " + FILE, "400", ""),
          line("GET", "400", ""),
          line("", "400", ""),
          line("GET  " + FILE + " HTTP/1.1", "400", ""),
          line(GET + " x", "400", ""),
          line("GET " + FILE + "  HTTP/1.1", "400", ""),
          line("GET " + FILE + " HTTP/2.0", "400", ""),
          line("GET " + FILE + " HTTP/3", "400", ""),
          line("GET " + FILE + " http/1.1", "400", ""),
          line("GET " + FILE + " HTP/1.1", "400", ""),
          line("G\0T " + FILE + " HTTP/1.1", "400", ""),
          line("G(T " + FILE + " HTTP/1.1", "400", ""),
          line("X".repeat(20_000) + " " + FILE + " HTTP/1.1", "400", ""),
          line("GET /" + "a".repeat(20_000) + " HTTP/1.1", "400", ""),
          line("get " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("PUT " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("POST " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("DELETE " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("TRACE " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("FROB " + FILE + " HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("DELETE /t/note.torrent HTTP/1.1", "405", "Allow: GET, HEAD, OPTIONS"),
          line("POST /announce HTTP/1.1", "405", "Allow: GET"),
          line("get /announce HTTP/1.1", "405", "Allow: GET"),
          line("DELETE /scrape HTTP/1.1", "405", "Allow: GET"),
          line("CONNECT e:80 HTTP/1.1", "404", "not found"),
          line("OPTIONS * HTTP/1.1", "404", "not found"),
          line("GET * HTTP/1.1", "400", ""),
          line("GET c/note/n HTTP/1.1", "400", ""),
          line("GET http://e" + FILE + " HTTP/1.1", "200", "Content-Length: 100"),
          line("GET http://e HTTP/1.1", "404", "not found"),
          line("GET http:" + FILE + " HTTP/1.1", "400", ""),
          line("GET //e" + FILE + " HTTP/1.1", "404", "not found"),
          line("GET " + FILE + "?x=1 HTTP/1.1", "200", "Content-Length: 100"),
          line("GET " + FILE + "#x HTTP/1.1", "400", ""));

  static final List<Row> OTHER_PROTOCOLS =
      List.of(
          new Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400", ""),
          new Row("\26\3\1\2\0\1\0\1\374\3\3" + "x".repeat(500), "400", ""),
          new Row("\0".repeat(40), "400", ""),
          new Row("\u0013BitTorrent protocol" + "\0".repeat(48), "400", ""),
          new Row("GET " + FILE + "\r\n", "400", ""),
          new Row("\r\n" + SECOND, "400", ""),
          new Row((GET + "\n" + HOST + CLOSE + "\n").replace("\r", ""), "400", ""),
          new Row("GET " + FILE + " HTTP/1.0\r\n\r\n", "200", "Content-Length: 100"),
          new Row(
              "GET " + FILE + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
              "200",
              "Connection: keep-alive"),
          new Row("HEAD " + FILE + " HTTP/1.0\r\n\r\n", "200", "Content-Length: 100"));

  static final List<Row> HOSTS =
      List.of(
          host("", "400 No Host Header"),
          host("Host: a\r\nHost: b\r\n", "400 Only One Host Header Allowed"),
          host("Host: a\r\nHost: a\r\n", "400 Only One Host Header Allowed"),
          host("Host: a b\r\n", "400 Host Header Bad Characters"),
          host("Host: a/b\r\n", "400 Host Header Bad Characters"),
          host("Host: u@b\r\n", "400 Host Header Bad Characters"),
          host("Host: a, b\r\n", "400 Host Header Bad Characters"),
          host("Host: \u00e9\r\n", "400 Host Header Bad Characters"),
          host("Host: e:\r\n", "400 Host Header Malformed Port"),
          host("Host: e:99999999\r\n", "400 Host Header Malformed Port"),
          host("Host: e\0\r\n", "400"),
          host("Host: [::1]:80\r\n", "200"));

  static final List<Row> HEADERS =
      List.of(
          header("X: " + "y".repeat(20_000), "400", ""),
          header("y".repeat(20_000), "400", ""),
          header(lines("X%d: y", 150), "400", ""),
          header("X y: z", "400", ""),
          header("X : z", "400", ""),
          header("NoColon", "400", ""),
          header(": no name", "400", ""),
          header("X(: z", "400", ""),
          header("\0: z", "400", ""),
          header("X: a\0b", "400", ""),
          header("X: a\nY: b", "400", ""),
          header("X: a\rb", "400", ""),
          header("Expect: 100-continue", "200", "Content-Length: 100"));

  /** No request has a body; two that would be cut differently by two readers have one answer. */
  static final List<Row> BODIES =
      List.of(
          header("Content-Length: 0", "200", "Content-Length: 100"),
          body("Content-Length: 5", "abcde", "400", "no body is taken"),
          body("Content-Length: 1000000", "", "400", "no body is taken"),
          body("Content-Length: 5\r\nExpect: 100-continue", "", "400", "no body is taken"),
          body("Content-Length: -1", "", "400", ""),
          body("Content-Length: +5", "abcde", "400", ""),
          body("Content-Length: 0x5", "abcde", "400", ""),
          body("Content-Length: five", "abcde", "400", ""),
          body("Content-Length:", "", "400", ""),
          body("Content-Length: 99999999999999999999", "", "400", ""),
          body("Content-Length: 5\r\nContent-Length: 6", "abcde", "400", ""),
          body("Content-Length: 0\r\nContent-Length: 5", "abcde", "400", ""),
          body("Content-Length: 5\r\nContent-Length: 5", "abcde", "400", ""),
          body("Content-Length: 5, 5", "abcde", "400", ""),
          body("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n", "400", ""),
          body("Content-Length: 0\r\nTransfer-Encoding: chunked", "0\r\n\r\n", "400", ""),
          body("Transfer-Encoding : chunked", "0\r\n\r\n", "400", ""),
          body("Transfer-Encoding: chunked", "0\r\n\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: chunked", "2;x\r\nab\r\n0\r\nY: z\r\n\r\n", "400", "no body"),
          body("Transfer-Encoding: chunked", "zz\r\nab\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: chunked", "-1\r\n\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: chunked", "1\r\nabc\r\n0\r\n\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: chunked", "ffffffffffffffffff\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: \tchunked", "0\r\n\r\n", "400", "no body is taken"),
          body("Transfer-Encoding: xchunked", "", "400", "no body is taken"),
          body("Transfer-Encoding: chunked, identity", "", "400", "no body is taken"),
          body("Transfer-Encoding: gzip", "", "400", "no body is taken"),
          body("Transfer-Encoding:", "", "400", "no body is taken"));

  static final List<Row> PATHS =
      List.of(
          path("/", "404", "not found"),
          path("/c", "404", "not found"),
          path("/c/", "404", "not found"),
          path("/c/note", "404", "not found"),
          path("/c/note/", "404", "not found"),
          path("/c/note/N", "404", "not found"),
          path("/c/note/n/", "404", "not found"),
          path("/c/note//n", "404", "not found"),
          path("//c//note//n", "404", "not found"),
          path("/c/note/./n", "404", "not found"),
          path("/c/note/x/../n", "404", "not found"),
          path("/c/x/../note/n", "404", "not found"),
          path("/c/note/%2e%2e/note/n", "404", "not found"),
          path("/c/%2e%2e/etc/passwd", "404", "not found"),
          path("/../../etc/passwd", "404", "not found"),
          path("/etc/passwd", "404", "not found"),
          path("/c/note/n%00", "404", "not found"),
          path("/c%2fnote%2fn", "404", "not found"),
          path("/c/note/%2fn", "404", "not found"),
          path("/c/note/n;v=1", "404", "not found"),
          path("/c/note/n%3f", "404", "not found"),
          path("/c/none/n", "404", "not found"),
          path("/c/note/" + "a/".repeat(4_000), "404", "not found"),
          path("/t/none.torrent", "404", "not found"),
          path("/t/note", "404", "not found"),
          path("/t/.torrent", "404", "not found"),
          path("/t/note.torrent/x", "404", "not found"),
          path("/c/note/%ff", "400", "malformed path"),
          path("/c/note/%c0%ae", "400", "malformed path"),
          path("/c/%ed%a0%80/n", "400", "malformed path"),
          path("/t/%c3.torrent", "400", "malformed path"),
          path("/c/note/%", "400", ""),
          path("/c/note/%zz", "400", ""),
          path("/c/note/%u006e", "400", ""),
          path("/c/note/\u00e9", "400", ""),
          path("/c/note/\0", "400", ""),
          path("/c/note/n\t", "400", ""),
          path("/c/no te/n", "400", ""),
          path("/c/note/\"n\"", "400", ""),
          path("/c/note/\\n", "400", ""),
          path("/c/note/<n>", "400", ""));

  /** RFC 9110 §14.2: what is malformed is ignored, what is past the end has no answer but 416. */
  static final List<Row> RANGES =
      List.of(
          header("Range: bytes=0-0", "206", "Content-Range: bytes 0-0/100"),
          header("Range: bytes=-1", "206", "Content-Range: bytes 99-99/100"),
          header("Range: bytes=-99999999999999999999", "206", "Content-Range: bytes 0-99/100"),
          header("Range: bytes=99-200", "206", "Content-Range: bytes 99-99/100"),
          header("Range: bytes=0-4,3-9", "206", "Content-Range: bytes 0-9/100"),
          header("Range: bytes=0-0,200-", "206", "Content-Range: bytes 0-0/100"),
          header("Range: bytes=0-0,9-9", "206", "multipart/byteranges"),
          header("Range: bytes=100-", "416", "Content-Range: bytes */100"),
          header("Range: bytes=-0", "416", "Content-Range: bytes */100"),
          header("Range: bytes=200-300,400-", "416", "Content-Range: bytes */100"),
          header("Range: bytes=18446744073709551616-", "416", "Content-Range: bytes */100"),
          header("Range: bytes=5-4", "200", "Content-Length: 100"),
          header("Range: bytes=a-b", "200", "Content-Length: 100"),
          header("Range: bytes=", "200", "Content-Length: 100"),
          header("Range: bytes=0-0-0", "200", "Content-Length: 100"),
          header("Range: bytes 0-0", "200", "Content-Length: 100"),
          header("Range: items=0-0", "200", "Content-Length: 100"),
          header("Range: bytes=0-0\r\nRange: bytes=5-5", "200", "Content-Length: 100"),
          header("Range: bytes=" + listed("%1$d0-%1$d0", 10), "206", "multipart/byteranges"),
          header("Range: bytes=" + listed("%d-%1$d", 500), "200", "Content-Length: 100"),
          header("Range: bytes=" + everySecond(40), "200", "Content-Length: 100"));

  /** RFC 9110 §13: a date says nothing of a file without one; other nonsense matches no tag. */
  static final List<Row> CONDITIONS =
      List.of(
          header("If-Match: *", "200", "Content-Length: 100"),
          header("If-Match: nonsense", "412", "precondition failed"),
          header("If-Match: \"a\", \"b", "412", "precondition failed"),
          header("If-Match:", "412", "precondition failed"),
          header("If-None-Match: *", "304", ""),
          header("If-None-Match: nonsense", "200", "Content-Length: 100"),
          header("If-None-Match: W/\"x\"", "200", "Content-Length: 100"),
          header("If-None-Match:", "200", "Content-Length: 100"),
          header("If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT", "200", "ETag"),
          header("If-Modified-Since: nonsense", "200", "ETag"),
          header("If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT", "200", "ETag"),
          header("If-Range: nonsense\r\nRange: bytes=0-0", "200", "Content-Length: 100"),
          header("If-Range: Sat, 01 Jan 2050 00:00:00 GMT\r\nRange: bytes=0-0", "200", "ETag"));

  private static HttpServerHarness edge;
  private static LoggedWarnings warnings;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    warnings = new LoggedWarnings();
    edge =
        new HttpServerHarness(
            directory, HttpServerHarness.impatient(), HttpServerHarness.HOT_BYTES);
    edge.serve(TestContent.single("note", "n", 100));
  }

  /** After all of it the listener is as it was, and no operator was called. */
  @AfterAll
  static void stop() throws Exception {
    assertEquals(200, edge.get(FILE).statusCode());
    edge.close();
    warnings.close();
    assertEquals(List.of(), warnings.lines());
  }

  @ParameterizedTest
  @FieldSource({
    "REQUEST_LINES",
    "OTHER_PROTOCOLS",
    "HOSTS",
    "HEADERS",
    "BODIES",
    "PATHS",
    "RANGES",
    "CONDITIONS"
  })
  void faultHasItsOneAnswerAndTheConnectionEnds(Row row) throws IOException {
    String answer = edge.exchange(row.request());
    assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + row.answer() + ".*"), answer);
    assertTrue(answer.contains(row.holds()), answer);
    assertEquals(1, answer.split("HTTP/1\\.[01] ", -1).length - 1, answer);
  }

  /** What hides behind a request that is refused is never taken for a second one. */
  @ParameterizedTest
  @FieldSource("BODIES")
  void nothingIsSmuggledBehindABody(Row row) throws IOException {
    String answer = edge.exchange(row.request().replace(CLOSE, "") + SECOND);
    int expected = row.answer().equals("200") ? 2 : 1;
    assertEquals(expected, answer.split("HTTP/1\\.[01] ", -1).length - 1, answer);
  }

  @Test
  void connectionThatSendsHalfARequestIsClosed() throws Exception {
    try (Socket silent = edge.connect("GET /c/no")) {
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  @Test
  void connectionThatSendsItsHeadersByteByByteIsClosed() throws Exception {
    ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    try (Socket slow = edge.connect(GET + "\r\n" + HOST + "X: ")) {
      OutputStream out = slow.getOutputStream();
      var unused =
          drip.scheduleAtFixedRate(() -> writeUnlessClosed(out), 50, 50, TimeUnit.MILLISECONDS);
      assertTrue(isClosedByServer(slow));
    } finally {
      drip.shutdownNow();
    }
  }

  @Test
  void connectionThatAsksNoMoreIsClosed() throws Exception {
    String answer = edge.exchange(GET + "\r\n" + HOST + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
  }

  @Test
  void requestWhoseBodyNeverComesIsClosed() throws Exception {
    edge.exchange(GET + "\r\n" + HOST + "Content-Length: 2\r\n\r\na");
  }

  private static void writeUnlessClosed(OutputStream out) {
    try {
      out.write('y');
    } catch (IOException closed) {
      throw new IllegalStateException("ends the drip", closed);
    }
  }

  private static boolean isClosedByServer(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static Row line(String line, String answer, String holds) {
    return new Row(line + "\r\n" + HOST + CLOSE + "\r\n", answer, holds);
  }

  private static Row path(String path, String answer, String holds) {
    return line("GET " + path + " HTTP/1.1", answer, holds);
  }

  private static Row host(String headers, String answer) {
    return new Row(GET + "\r\n" + headers + CLOSE + "\r\n", answer, "");
  }

  private static Row header(String header, String answer, String holds) {
    return body(header, "", answer, holds);
  }

  private static Row body(String header, String body, String answer, String holds) {
    return new Row(GET + "\r\n" + HOST + header + "\r\n" + CLOSE + "\r\n" + body, answer, holds);
  }

  private static String lines(String format, int count) {
    return IntStream.range(0, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining("\r\n"));
  }

  private static String listed(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining(","));
  }

  private static String everySecond(int count) {
    return Stream.iterate(0, i -> i + 2)
        .limit(count)
        .map(i -> i + "-" + i)
        .collect(Collectors.joining(","));
  }
}
