package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.Await;
import io.weir.edge.fixture.LoggedWarnings;
import io.weir.edge.fixture.TestCertificate;
import io.weir.edge.tls.ServerTls;
import io.weir.edge.tls.TlsFiles;
import io.weir.edge.tls.TlsLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The HTTPS listener: the same answers, its certificate, and clients that do not speak TLS well.
 */
class HttpsIT {
  /** More than any buffer on the way, so that writes are cut short. */
  private static final int LENGTH = 24 << 20;

  private static final TestContent FILM = TestContent.single("film", "f", LENGTH, 1 << 20);
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir private Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LoggedWarnings warnings;
  private TlsFiles files;
  private ServerTls tls;
  private HttpServerHarness edge;

  @BeforeAll
  static void make(@TempDir Path certificates) {
    first = TestCertificate.make(certificates, "EC");
    second = TestCertificate.make(certificates, "RSA");
  }

  @BeforeEach
  void write() throws IOException {
    files = first.write(directory);
    warnings = new LoggedWarnings();
  }

  private void start(TlsLibrary library) throws IOException {
    assumeTrue(
        library == TlsLibrary.JDK || TlsLibrary.best() == TlsLibrary.NATIVE,
        "the native TLS library does not load here");
    tls = ServerTls.open(files, library, meters);
    edge =
        new HttpServerHarness(
            directory.resolve("store"),
            HttpServerHarness.impatient(),
            HttpServerHarness.HOT_BYTES,
            tls);
    edge.serve(FILM);
  }

  @AfterEach
  void stop() {
    warnings.close();
    if (edge != null) {
      edge.close();
      tls.close();
      assertEquals(0, edge.buffers.active());
    }
  }

  @ParameterizedTest
  @CsvSource({"NATIVE, TLSv1.3", "NATIVE, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void bytesAreRight(TlsLibrary library, String protocol) throws Exception {
    start(library);
    HttpClient client = client(first, protocol);
    HttpResponse<byte[]> whole = get(client);
    assertArrayEquals(FILM.bytes(), whole.body());
    assertEquals(protocol, whole.sslSession().orElseThrow().getProtocol());
    assertEquals(HttpClient.Version.HTTP_1_1, whole.version());
    for (int[] range : new int[][] {{0, 0}, {16, 16_399}, {1_048_570, 1_048_580}, {5, 7_000_000}}) {
      HttpResponse<byte[]> part = get(client, "Range", "bytes=" + range[0] + '-' + range[1]);
      assertEquals(206, part.statusCode());
      assertArrayEquals(Arrays.copyOfRange(FILM.bytes(), range[0], range[1] + 1), part.body());
    }
    assertEquals(List.of(), warnings.lines());
  }

  @Test
  void curlReadsIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    start(TlsLibrary.best());
    Path out = directory.resolve("out");
    Process curl =
        new ProcessBuilder(
                "/usr/bin/curl",
                "-sS",
                "--cacert",
                files.certificate().toString(),
                "-r",
                "100000-5999999",
                "-o",
                out.toString(),
                edge.https() + "/c/film/f")
            .inheritIO()
            .start();
    assertEquals(0, curl.waitFor());
    assertArrayEquals(
        Arrays.copyOfRange(FILM.bytes(), 100_000, 6_000_000), Files.readAllBytes(out));
  }

  @Test
  void changedFilesAreTakenIntoUse() throws Exception {
    start(TlsLibrary.best());
    try (SSLSocket before = connect(first)) {
      before.startHandshake();
      tls.reloadIfChanged();
      assertEquals(0, meters.get("weir.tls.reloads").tag("result", "ok").counter().count());
      second.write(directory);
      touch();
      tls.reloadIfChanged();
      assertEquals(1, meters.get("weir.tls.reloads").tag("result", "ok").counter().count());
      assertEquals(second.certificate(), shown());
      before.getOutputStream().write(request("Connection: close\r\n"));
      assertTrue(text(before).startsWith("HTTP/1.1 206 "));
    }
  }

  @Test
  void brokenPairIsNotTakenIntoUse() throws Exception {
    start(TlsLibrary.best());
    Files.writeString(files.key(), second.keyPem());
    touch();
    tls.reloadIfChanged();
    tls.reloadIfChanged();
    assertEquals(first.certificate(), shown());
    assertEquals(1, meters.get("weir.tls.reloads").tag("result", "refused").counter().count());
    assertEquals(1, warnings.lines().size());
    assertTrue(warnings.lines().get(0).contains("tls.key: " + files.key()));
    second.write(directory);
    touch();
    tls.reloadIfChanged();
    assertEquals(second.certificate(), shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /c/film/f HTTP/1.1\r\nHost: e\r\n\r\n", "\0\0\0\0\0\0", "\26\3\1\2\0"})
  void whatIsNoTlsIsClosed(String bytes) throws Exception {
    start(TlsLibrary.best());
    try (Socket plain = plain()) {
      plain.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      plain.shutdownOutput();
      assertFalse(text(plain).contains("HTTP"));
    }
    assertArrayEquals(FILM.bytes(), get(client(first, "TLSv1.3")).body());
    assertEquals(List.of(), warnings.lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\26\3\1\2\0\1\0\1\374\3\3"})
  void clientThatStallsInTheHandshakeIsCutOff(String begun) throws Exception {
    start(TlsLibrary.best());
    try (Socket stalled = plain()) {
      stalled.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
      assertEquals("", text(stalled));
    }
    assertEquals(List.of(), warnings.lines());
  }

  /** Its handshake's deadline has passed by then, and does not count any more. */
  @ParameterizedTest
  @ValueSource(strings = {"NATIVE", "JDK"})
  void clientThatTakesNothingIsClosedAndReleasesItsPiece(TlsLibrary library) throws Exception {
    start(library);
    try (SSLSocket stalled = connect(first)) {
      stalled.getOutputStream().write(request("", "0-" + (LENGTH - 1)));
      assertEquals('H', stalled.getInputStream().read());
      Await.until(
          "the stall is noticed",
          () -> edge.meters.get("weir.http.aborted").counter().count() == 1);
    }
  }

  @Test
  void clientOfAnotherCertificateIsRefusedByItself() throws Exception {
    start(TlsLibrary.best());
    assertThrows(IOException.class, () -> get(client(second, "TLSv1.3")));
    assertEquals(List.of(), warnings.lines());
  }

  private Certificate shown() throws Exception {
    return get(client(second, "TLSv1.3"), client(first, "TLSv1.3"))
        .sslSession()
        .orElseThrow()
        .getPeerCertificates()[0];
  }

  /** By the first client that trusts what it is shown. */
  private HttpResponse<byte[]> get(HttpClient one, HttpClient other) throws Exception {
    try {
      return get(one, "Range", "bytes=0-0");
    } catch (IOException untrusted) {
      return get(other, "Range", "bytes=0-0");
    }
  }

  private HttpResponse<byte[]> get(HttpClient client, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edge.https() + "/c/film/f"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpClient client(TestCertificate trusted, String protocol) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return HttpClient.newBuilder().sslContext(trusted.client()).sslParameters(parameters).build();
  }

  private SSLSocket connect(TestCertificate trusted) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trusted
                .client()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), edge.tlsPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket plain() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.tlsPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static byte[] request(String headers) {
    return request(headers, "0-9");
  }

  private static byte[] request(String headers, String range) {
    return ("GET /c/film/f HTTP/1.1\r\nHost: e\r\nRange: bytes="
            + range
            + "\r\n"
            + headers
            + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** A file written twice within the clock's grain keeps its time. */
  private void touch() throws IOException {
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(files.key()).toMillis() + 1000);
    Files.setLastModifiedTime(files.key(), later);
  }
}
