package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is shown a credential, and who is not. */
final class OriginCredentialIT {
  private static final String SECRET = "s3cret-of-the-origin";

  @TempDir private Path directory;
  private final OriginBench bench = new OriginBench();
  private Path file;

  @BeforeEach
  void prepare() throws Exception {
    file = Files.writeString(directory.resolve("value"), "Bearer " + SECRET + "\n");
    bench.names = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    bench.credentials =
        List.of(
            OriginCredential.ofHeader("origin.example", "Authorization", file),
            OriginCredential.ofHeader("*.keys.example", "X-Api-Key", file));
    bench.open();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static URI url(String host, RawOrigin origin, String path) {
    return URI.create("http://" + host + ":" + origin.port() + path);
  }

  @Test
  void headerGoesToItsHostAndNoOther() throws Exception {
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      bench.read(url("ORIGIN.example", origin, "/"));
      bench.probe(url("a.keys.example", origin, "/"));
      bench.probe(url("other.example", origin, "/"));

      assertEquals("Bearer " + SECRET, origin.asks().get(0).header("authorization"));
      assertEquals("Bearer " + SECRET, origin.asks().get(1).header("authorization"));
      assertNull(origin.asks().get(2).header("authorization"));
      assertEquals("Bearer " + SECRET, origin.asks().get(2).header("x-api-key"));
      assertFalse(origin.asks().get(3).headers().toString().contains(SECRET));
    }
  }

  @Test
  void passwordIsShownAsBasicAuthentication() throws Exception {
    bench.close();
    Files.writeString(file, "pässword");
    bench.credentials = List.of(OriginCredential.ofPassword("origin.example", "weir", file));
    bench.open();
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      bench.probe(url("origin.example", origin, "/"));

      assertEquals("Basic d2Vpcjpww6Rzc3dvcmQ=", origin.asks().get(0).header("authorization"));
    }
  }

  @Test
  void fileThatChangesIsReadAgain() throws Exception {
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      bench.probe(url("origin.example", origin, "/"));
      Files.writeString(file, "Bearer next");
      bench.probe(url("origin.example", origin, "/"));

      assertEquals("Bearer next", origin.asks().get(1).header("authorization"));
    }
  }

  /** To another host that has a credential of its own, to another port, and back home again. */
  @ParameterizedTest
  @ValueSource(strings = {"a.keys.example", "origin.example", "other.example"})
  void credentialStaysBehindWhenARedirectLeadsElsewhere(String host) throws Exception {
    RawOrigin[] home = new RawOrigin[1];
    try (RawOrigin elsewhere =
            new RawOrigin(
                (ask, wire) ->
                    OriginBench.redirect(wire, url("origin.example", home[0], "/back")));
        RawOrigin origin =
            new RawOrigin(
                (ask, wire) -> {
                  if (ask.target().equals("/back")) {
                    OriginBench.oneByte(ask, wire);
                  } else {
                    OriginBench.redirect(wire, url(host, elsewhere, "/"));
                  }
                })) {
      home[0] = origin;
      bench.probe(url("origin.example", origin, "/"));

      assertEquals("Bearer " + SECRET, origin.asks().get(0).header("authorization"));
      assertFalse(elsewhere.asks().get(0).headers().toString().contains(SECRET));
      assertEquals("/back", origin.asks().get(1).target());
      assertFalse(origin.asks().get(1).headers().toString().contains(SECRET));
    }
  }

  @Test
  void credentialFollowsARedirectWithinTheServer() throws Exception {
    try (RawOrigin origin =
        new RawOrigin(
            (ask, wire) -> {
              if (ask.target().equals("/moved")) {
                OriginBench.oneByte(ask, wire);
              } else {
                OriginBench.redirect(wire, "/moved");
              }
            })) {
      bench.probe(url("origin.example", origin, "/"));

      assertEquals("Bearer " + SECRET, origin.asks().get(1).header("authorization"));
    }
  }

  @Test
  void credentialThatIsNotAcceptedIsNamedAndNotQuoted() throws Exception {
    try (RawOrigin origin =
        new RawOrigin((ask, wire) -> wire.head("HTTP/1.1 401 No", "Content-Length: 0"))) {
      OriginException failure =
          assertThrows(
              OriginException.class, () -> bench.probe(url("origin.example", origin, "/")));

      assertEquals(Fault.REJECTED, failure.fault());
      assertEquals(
          "origin answered 401: it does not accept the credential configured for its host",
          failure.getMessage());
      assertFalse(stackTrace(failure).contains(SECRET));
      assertEquals(1, origin.asks().size());
    }
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", SECRET + "\nX-Injected: 1", "s\u0001", "gehe\u00edm"})
  void fileThatCannotStandInAHeaderIsNamedAndNotQuoted(String content) throws Exception {
    Files.writeString(file, content);
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      OriginException failure =
          assertThrows(
              OriginException.class, () -> bench.probe(url("origin.example", origin, "/")));

      assertEquals(Fault.REFUSED, failure.fault());
      assertTrue(String.valueOf(failure.getMessage()).contains(file.toString()));
      assertFalse(stackTrace(failure).contains(SECRET));
      assertEquals(0, origin.connections());
    }
  }

  @Test
  void fileThatIsMissingOrTooLargeIsFoundAtTheStart() throws Exception {
    OriginCredentials credentials = new OriginCredentials(bench.credentials);
    credentials.requireReadable();
    Files.writeString(file, "x".repeat(SecretFile.MAX_BYTES + 1));
    IOException large = assertThrows(IOException.class, credentials::requireReadable);
    Files.delete(file);
    IOException missing = assertThrows(IOException.class, credentials::requireReadable);

    String unusable = "the credential for an origin is unusable: ";
    assertEquals(unusable + file + " is larger than 8192 bytes", large.getMessage());
    assertEquals(unusable + "cannot read " + file + ": NoSuchFileException", missing.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "Host", "range", "Transfer-Encoding", "x\r\ny"})
  void headerThatCannotCarryACredentialIsRefused(String header) {
    assertThrows(
        IllegalArgumentException.class,
        () -> OriginCredential.ofHeader("origin.example", header, file));
  }
}
